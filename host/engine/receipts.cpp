// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/receipts.hpp"

#include <charconv>
#include <string>

namespace penstock::host
{

std::optional<packet_id> parse_receipt_id(std::string_view text) noexcept
{
    if (text.size() != 32)
        return std::nullopt;
    packet_id id;
    const char* middle = text.data() + 16;
    const char* end = text.data() + 32;
    if (std::from_chars(text.data(), middle, id.high, 16).ptr != middle ||
        std::from_chars(middle, end, id.low, 16).ptr != end)
        return std::nullopt;
    return id;
}

std::shared_ptr<receipt> receipts::open(issue what, std::string_view graph,
                                        receipt::clock::time_point accepted)
{
    std::lock_guard lock(mutex_);
    std::shared_ptr<receipt>& made = by_id_[what.id];
    if (made == nullptr)
        made = std::allocate_shared<receipt>(detail::recycling_allocator<receipt>(), what,
                                             std::string(graph), accepted);
    return made;
}

void receipts::forget(packet_id id)
{
    std::lock_guard lock(mutex_);
    by_id_.erase(id);
}

std::shared_ptr<const receipt> receipts::find(packet_id id)
{
    if (auto here = find_here(id))
        return here;
    if (auto done = find_done(id))
        return done;
    if (const auto waiting = journal_.kept().pending(id))
    {
        auto made = std::make_shared<receipt>(issue{waiting->number, id}, waiting->graph,
                                              waiting->accepted);
        made->set_durable();
        return made;
    }
    if (auto here = find_here(id)) // it came into memory between two looks
        return here;
    return find_done(id); // and it has ended since
}

std::shared_ptr<const receipt> receipts::find_done(packet_id id)
{
    const auto kept = journal_.kept().receipt(id);
    return kept ? std::make_shared<receipt>(*kept) : nullptr;
}

std::shared_ptr<const receipt> receipts::find_here(packet_id id) const
{
    std::lock_guard lock(mutex_);
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

entry_number receipts::number_of(std::string_view id) const
{
    const auto wanted = parse_receipt_id(id);
    const auto found = wanted ? find_here(*wanted) : nullptr;
    return found == nullptr ? 0 : found->number();
}

} // namespace penstock::host
