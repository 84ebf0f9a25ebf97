// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/retry_queue.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>

namespace penstock::host
{

using access = detail::packet_access;

namespace
{

std::vector<std::string> keys_of(const packet& content)
{
    std::vector<std::string> keys;
    if (const detail::lineage* receipts = access::receipts(content))
        receipts->keys(
            [](void* list, std::string_view key)
            {
                auto& found = *static_cast<std::vector<std::string>*>(list);
                if (std::ranges::find(found, key) == found.end())
                    found.emplace_back(key);
            },
            &keys);
    return keys;
}

} // namespace

void retry_queue::add(packet&& failed, clock::time_point due, std::uint32_t received,
                      std::uint64_t request, bool alone)
{
    const std::uint32_t number = access::receive(failed);
    spot made{std::move(failed), due, number, received, request, {}, alone};
    made.keys = keys_of(made.content);
    add(std::move(made));
}

void retry_queue::wait_behind(packet&& arriving, std::uint64_t request)
{
    spot made{std::move(arriving), clock::time_point::min(), never, never, request, {}};
    made.keys = keys_of(made.content);
    add(std::move(made));
}

bool retry_queue::must_wait(const packet& arriving) const
{
    if (lines_.empty())
        return false;
    struct search
    {
        const retry_queue& all;
        bool found;
    } search{*this, false};
    if (const detail::lineage* receipts = access::receipts(arriving))
        receipts->keys(
            [](void* context, std::string_view key)
            {
                auto& asked = *static_cast<struct search*>(context);
                asked.found = asked.found || asked.all.lines_.contains(key);
            },
            &search);
    return search.found;
}

const packet* retry_queue::due(clock::time_point now) const
{
    if (ready_.empty() || ready_.begin()->first > now)
        return nullptr;
    return &spots_.at(ready_.begin()->second).content;
}

packet retry_queue::take()
{
    auto node = spots_.extract(ready_.begin()->second);
    ready_.erase(ready_.begin());
    const spot& taken = node.mapped();
    requests_.erase(requests_.find(taken.request));
    taken_.emplace(taken.content.id(), taken.request); // fan-out copies have one id and one request
    for (const std::string& key : taken.keys)
    {
        const auto line = lines_.find(key);
        line->second.pop_front();
        if (line->second.empty())
            lines_.erase(line);
    }
    for (const std::string& key : taken.keys)
        if (const auto line = lines_.find(key); line != lines_.end())
        {
            const number next = line->second.front();
            const spot& each = spots_.at(next);
            if (is_first(each, next))
                ready_.emplace(each.due, next);
        }
    return std::move(node.mapped().content);
}

std::optional<std::uint64_t> retry_queue::request_of_taken(const packet_id& id) const
{
    const auto found = taken_.find(id);
    return found == taken_.end() ? std::nullopt : std::optional(found->second);
}

// While packets of a key are here, no others of it are handed out. So one that fails now and was
// received after another of its key had failed is what that one waited behind; and one that was
// received before was in hand together with it.
void retry_queue::add(spot&& made)
{
    const number number = ++last_;
    const auto precedes = [&](retry_queue::number other)
    {
        const spot& before = spots_.at(other);
        return made.receive == never ||
               (made.receive <= before.received_when_failed && before.receive < made.receive);
    };
    for (const std::string& key : made.keys)
    {
        std::deque<retry_queue::number>& line = lines_[key];
        const auto place =
            made.receive == never ? line.end() : std::ranges::find_if_not(line, precedes);
        if (place == line.begin() && !line.empty())
            ready_.erase({spots_.at(line.front()).due, line.front()});
        line.insert(place, number);
    }
    requests_.insert(made.request);
    const spot& kept = spots_.emplace(number, std::move(made)).first->second;
    if (is_first(kept, number))
        ready_.emplace(kept.due, number);
}

bool retry_queue::is_first(const spot& each, number of) const
{
    return std::ranges::all_of(each.keys, [&](const std::string& key)
                               { return lines_.find(key)->second.front() == of; });
}

} // namespace penstock::host
