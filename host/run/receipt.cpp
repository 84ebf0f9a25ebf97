// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/receipt.hpp"

#include <charconv>
#include <random>
#include <utility>

namespace penstock::host
{

namespace
{

std::uint64_t random_seed()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t mix(std::uint64_t x) noexcept
{
    // The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
    // generators, OOPSLA 2014): a bijection, so distinct numbers stay distinct.
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

} // namespace

receipt::receipt(packet_id id, std::string graph)
    : id_(id), graph_(std::move(graph)), accepted_(std::chrono::system_clock::now())
{
}

void receipt::finish(receipt_result result)
{
    result_ = std::move(result);
    done_.store(true, std::memory_order_release);
}

receipt_store::receipt_store(std::size_t most, std::chrono::seconds age)
    : most_(most), age_(age), seed_(random_seed())
{
}

std::shared_ptr<receipt> receipt_store::open(std::string_view graph)
{
    std::lock_guard lock(mutex_);
    expire();
    // The high half sorts by time of acceptance, the low half is hard to guess by accident.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    const packet_id id{static_cast<std::uint64_t>(micros), mix(seed_ + ++opened_)};
    auto made = std::make_shared<receipt>(id, std::string(graph));
    by_id_.emplace(id, made);
    in_order_.push_back(id);
    return made;
}

void receipt_store::forget(packet_id id)
{
    std::lock_guard lock(mutex_);
    by_id_.erase(id);
}

std::shared_ptr<const receipt> receipt_store::find(std::string_view id) const
{
    if (id.size() != 32)
        return nullptr;
    packet_id wanted;
    const char* middle = id.data() + 16;
    const char* end = id.data() + 32;
    const auto high = std::from_chars(id.data(), middle, wanted.high, 16);
    const auto low = std::from_chars(middle, end, wanted.low, 16);
    if (high.ec != std::errc{} || high.ptr != middle || low.ec != std::errc{} || low.ptr != end)
        return nullptr;
    std::lock_guard lock(mutex_);
    const auto found = by_id_.find(wanted);
    return found == by_id_.end() ? nullptr : found->second;
}

void receipt_store::expire()
{
    const auto oldest = std::chrono::system_clock::now() - age_;
    while (!in_order_.empty())
    {
        const auto found = by_id_.find(in_order_.front());
        if (found != by_id_.end())
        {
            const bool too_many = by_id_.size() >= most_;
            if (!found->second->is_done() || (!too_many && found->second->accepted() > oldest))
                return; // a pending receipt is kept, and those behind it with it
            by_id_.erase(found);
        }
        in_order_.pop_front();
    }
}

} // namespace penstock::host
