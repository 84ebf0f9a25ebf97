// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "joined_origin.hpp"

#include <memory>
#include <typeinfo>
#include <utility>

namespace penstock::detail
{

namespace
{

joined_origin* as_joined(origin& o) noexcept
{
    return typeid(o) == typeid(joined_origin) ? static_cast<joined_origin*>(&o) : nullptr;
}

} // namespace

origin* join(origin& a, origin& b)
{
    if (&a == &b)
    {
        b.release();
        return &a;
    }
    // Only a set that no other packet carries may grow, and the larger one swallows the smaller.
    auto* into = &a;
    auto* from = &b;
    const auto room = [](origin& o)
    {
        const auto* joined = as_joined(o);
        return joined != nullptr && o.open() == 1 ? joined->members_.size() : 0;
    };
    if (room(*into) < room(*from))
        std::swap(into, from);

    joined_origin* all = nullptr;
    std::unique_ptr<joined_origin, void (*)(joined_origin*)> made(
        nullptr, [](joined_origin* unfinished) { unfinished->closed(); });
    if (room(*into) != 0)
        all = as_joined(*into);
    else
    {
        all = new joined_origin;
        made.reset(all);
        all->retain();
    }
    const auto add_each = [&](origin& o)
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

void joined_origin::add(origin& member)
{
    if (members_.insert(&member).second)
        member.retain();
}

void joined_origin::count(end how) noexcept
{
    for (auto* member : members_)
        member->count(how);
}

void joined_origin::bury(const json::object& letter)
{
    for (auto* member : members_)
        member->bury(letter);
}

void joined_origin::abandon() noexcept
{
    for (auto* member : members_)
        member->abandon();
}

void joined_origin::reply(const packet& packet)
{
    for (auto* member : members_)
        member->reply(packet);
}

void joined_origin::receipts(void (*visit)(void* context, std::string_view receipt),
                             void* context) const
{
    for (const auto* member : members_)
        member->receipts(visit, context);
}

void joined_origin::keys(void (*visit)(void* context, std::string_view key), void* context) const
{
    for (const auto* member : members_)
        member->keys(visit, context);
}

void joined_origin::closed() noexcept
{
    for (auto* member : members_)
        member->release();
    delete this;
}

} // namespace penstock::detail
