// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/unwritten.hpp"

#include "host/journal/letters/letter_source.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace penstock::host
{

void unwritten::add(std::shared_ptr<const kept_receipt> what)
{
    std::lock_guard lock(mutex_);
    receipts_.insert_or_assign(what->id.low, std::move(what)); // numbering gives each low half once
}

void unwritten::add(std::shared_ptr<const dead_letter_row> what)
{
    std::lock_guard lock(mutex_);
    dead_letters_.emplace(what->number, std::move(what));
}

// Each under a lock of its own: a group is thousands, and lanes come with new ones.
void unwritten::remove(const operation_group& committed)
{
    for (const operation& each : committed)
    {
        std::lock_guard lock(mutex_);
        if (const auto* done = std::get_if<done_operation>(&each))
            receipts_.erase(done->receipt->id.low);
        else if (const auto* dead = std::get_if<dead_operation>(&each))
            dead_letters_.erase(dead->dead_letter->number);
    }
}

std::optional<kept_receipt> unwritten::receipt(packet_id id) const
{
    std::lock_guard lock(mutex_);
    const auto found = receipts_.find(id.low);
    if (found == receipts_.end() || found->second->id != id)
        return std::nullopt;
    return *found->second;
}

// A dead letter holds a packet as JSON: it is read without the lock, which lanes wait for.
std::optional<dead_letter> unwritten::find_dead_letter(std::uint64_t number) const
{
    std::shared_ptr<const dead_letter_row> row;
    {
        std::lock_guard lock(mutex_);
        const auto found = dead_letters_.find(number);
        if (found == dead_letters_.end())
            return std::nullopt;
        row = found->second;
    }
    return to_dead_letter(*row);
}

dead_letter_page unwritten::dead_letters(const dead_letter_filter& which,
                                         const dead_letter_limits& limits,
                                         std::uint64_t before) const
{
    dead_letter_page found;
    std::vector<std::shared_ptr<const dead_letter_row>> rows;
    {
        std::lock_guard lock(mutex_);
        found.below =
            dead_letters_.empty() ? before : std::min(before, dead_letters_.begin()->first);
        auto each = dead_letters_.lower_bound(before);
        while (rows.size() < limits.count && each != dead_letters_.begin())
            if (which.matches((--each)->second->what))
                rows.push_back(each->second);
    }
    for (const auto& row : rows)
    {
        if (found.is_full)
            break;
        if (row->bytes() <= limits.packet)
            found.add(to_dead_letter(*row), row->bytes(), limits);
        else
        {
            dead_letter head = head_of(to_head(*row), row->bytes());
            head.packet =
                letter_source_in(std::string_view(row->packet).substr(0, longest_letter_source));
            found.add(std::move(head), row->what.reason.size(), limits);
        }
    }
    return found;
}

} // namespace penstock::host
