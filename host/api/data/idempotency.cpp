// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/idempotency.hpp"

#include <functional>
#include <string_view>

namespace penstock::host::api
{

std::uint64_t fingerprint(const http::request& of)
{
    const std::hash<std::string_view> hash;
    std::uint64_t mixed = hash(of.body);
    const auto mix = [&](std::string_view text)
    { mixed ^= hash(text) + 0x9e3779b97f4a7c15U + (mixed << 6) + (mixed >> 2); };
    mix(of.method);
    for (const std::string& segment : of.path)
        mix(segment);
    mix(of.headers.value("Content-Type"));
    mix(of.headers.value("Content-Encoding"));
    return mixed;
}

idempotency::idempotency(std::size_t most, std::chrono::seconds window)
    : most_(most), window_(window)
{
}

idempotency::claim idempotency::take(const std::string& key, std::uint64_t print,
                                     clock::time_point now)
{
    std::lock_guard lock(mutex_);
    expire(now);
    const auto [found, fresh] = uses_.try_emplace(key, use{print, taken_ + 1, nullptr});
    if (fresh)
    {
        in_order_.push_back({key, ++taken_, now});
        return {};
    }
    const use& first = found->second;
    if (first.print != print)
        return {verdict::other_body, nullptr};
    if (first.made == nullptr)
        return {verdict::in_progress, nullptr};
    return {verdict::repeated, first.made};
}

void idempotency::accept(const std::string& key, std::shared_ptr<const receipt> made)
{
    std::lock_guard lock(mutex_);
    const auto found = uses_.find(key);
    if (found != uses_.end())
        found->second.made = std::move(made);
}

void idempotency::forget(const std::string& key)
{
    std::lock_guard lock(mutex_);
    uses_.erase(key);
}

void idempotency::expire(clock::time_point now)
{
    while (!in_order_.empty() &&
           (uses_.size() >= most_ || in_order_.front().since + window_ <= now ||
            in_order_.size() > 2 * most_))
    {
        const age& oldest = in_order_.front();
        const auto found = uses_.find(oldest.key);
        if (found != uses_.end() && found->second.number == oldest.number)
            uses_.erase(found);
        in_order_.pop_front();
    }
}

} // namespace penstock::host::api
