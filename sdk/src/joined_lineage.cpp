// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "joined_lineage.hpp"

#include <algorithm>
#include <memory>
#include <typeinfo>
#include <utility>

namespace penstock::detail
{

namespace
{

joined_lineage* as_joined(lineage& o) noexcept
{
    return typeid(o) == typeid(joined_lineage) ? static_cast<joined_lineage*>(&o) : nullptr;
}

} // namespace

lineage* join(lineage& a, lineage& b)
{
    if (&a == &b)
    {
        b.release();
        return &a;
    }
    // Only a set that no other packet carries may grow, and the larger one swallows the smaller.
    auto* into = &a;
    auto* from = &b;
    const auto room = [](lineage& o)
    {
        const auto* joined = as_joined(o);
        return joined != nullptr && o.open() == 1 ? joined->members_.size() : 0;
    };
    if (room(*into) < room(*from))
        std::swap(into, from);

    joined_lineage* all = nullptr;
    std::unique_ptr<joined_lineage, void (*)(joined_lineage*)> made(
        nullptr, [](joined_lineage* unfinished) { unfinished->closed(); });
    if (room(*into) != 0)
        all = as_joined(*into);
    else
    {
        all = new joined_lineage;
        made.reset(all);
        all->retain();
    }
    const auto add_each = [&](lineage& o)
    {
        if (const auto* joined = as_joined(o))
        {
            for (auto* member : joined->members_)
                all->add(*member);
        }
        else
            all->add(o);
    };
    if (made)
        add_each(*into);
    add_each(*from);
    if (made.release() != nullptr)
        into->release();
    from->release();
    return all;
}

void joined_lineage::add(lineage& member)
{
    if (members_.insert(&member).second)
        member.retain();
}

void joined_lineage::count(end how) noexcept
{
    for (auto* member : members_)
        member->count(how);
}

void joined_lineage::add_dead_letter(const json::object& dead_letter)
{
    for (auto* member : members_)
        member->add_dead_letter(dead_letter);
}

void joined_lineage::abandon() noexcept
{
    for (auto* member : members_)
        member->abandon();
}

void joined_lineage::reply(const packet& packet)
{
    for (auto* member : members_)
        member->reply(packet);
}

void joined_lineage::reply_whole(const packet& packet)
{
    for (auto* member : members_)
        member->reply_whole(packet);
}

void joined_lineage::count_replicated() noexcept
{
    for (auto* member : members_)
        member->count_replicated();
}

void joined_lineage::receipts(void (*visit)(void* context, std::string_view receipt),
                              void* context) const
{
    for (const auto* member : members_)
        member->receipts(visit, context);
}

void joined_lineage::keys(void (*visit)(void* context, std::string_view key), void* context) const
{
    for (const auto* member : members_)
        member->keys(visit, context);
}

std::uint64_t joined_lineage::request() const noexcept
{
    std::uint64_t last = 0;
    for (const auto* member : members_)
        last = std::max(last, member->request());
    return last;
}

void joined_lineage::closed() noexcept
{
    for (auto* member : members_)
        member->release();
    delete this;
}

} // namespace penstock::detail
