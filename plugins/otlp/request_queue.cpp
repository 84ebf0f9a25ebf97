// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "request_queue.hpp"

#include <algorithm>
#include <utility>

namespace otlp_package
{

std::uint64_t request_queue::push(signal of, std::vector<record>&& records, std::size_t bytes,
                                  const std::string& name, std::function<void()> done)
{
    const std::lock_guard lock(mutex_);
    if (!requests_.empty() && bytes > most_bytes_ - std::min(bytes_, most_bytes_))
        return 0;
    bytes_ += bytes;
    requests_.emplace(next_, request{of, std::move(records), bytes, name, std::move(done)});
    more_.notify_all();
    return next_++;
}

bool request_queue::withdraw(std::uint64_t number)
{
    const std::lock_guard lock(mutex_);
    const auto found = requests_.find(number);
    if (found == requests_.end() || found->second.taken != 0)
        return false;
    bytes_ -= found->second.bytes;
    requests_.erase(found);
    return true;
}

void request_queue::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    more_.wait_for(lock, time,
                   [this]
                   {
                       return std::ranges::any_of(
                           requests_, [](const auto& each)
                           { return each.second.taken < each.second.records.size(); });
                   });
}

std::vector<queued_record> request_queue::take(std::size_t most, std::size_t most_shared)
{
    const std::lock_guard lock(mutex_);
    std::vector<queued_record> taken;
    std::size_t shared = 0;
    for (auto& [number, each] : requests_)
        while (each.taken < each.records.size())
        {
            record& next = each.records[each.taken];
            shared += next.shared_bytes();
            if (!taken.empty() && (taken.size() >= most || shared > most_shared))
                return taken;
            taken.push_back(
                {std::move(next), each.of, each.name + '/' + std::to_string(each.taken)});
            ++each.taken;
        }
    return taken;
}

void request_queue::end(std::size_t count)
{
    std::vector<std::function<void()>> done;
    {
        const std::lock_guard lock(mutex_);
        while (count != 0 && !requests_.empty())
        {
            request& first = requests_.begin()->second;
            const std::size_t part = std::min(count, first.taken - first.ended);
            if (part == 0)
                break;
            first.ended += part;
            count -= part;
            if (first.ended < first.records.size())
                break;
            done.push_back(std::move(first.done));
            bytes_ -= first.bytes;
            requests_.erase(requests_.begin());
        }
    }
    for (const auto& each : done)
        each();
}

void request_queue::clear()
{
    std::map<std::uint64_t, request> all; // is destroyed without the lock
    const std::lock_guard lock(mutex_);
    all.swap(requests_);
    bytes_ = 0;
}

} // namespace otlp_package
