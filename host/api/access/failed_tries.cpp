// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/failed_tries.hpp"

#include "host/base/network.hpp"

#include <algorithm>

namespace penstock::host::api
{

std::optional<failed_tries::excess> failed_tries::note(const std::string& address,
                                                       clock::time_point now)
{
    const std::string from = network_of(address);
    const std::lock_guard lock(mutex_);
    if (by_address_.size() >= most_addresses && !by_address_.contains(from))
        make_room(now);
    count& counted = by_address_[from];
    if (counted.tries == 0 || now - counted.since >= window)
        counted = {now, 0};
    if (++counted.tries <= most)
        return std::nullopt;
    return excess{std::chrono::ceil<std::chrono::seconds>(counted.since + window - now),
                  counted.tries == most + 1};
}

// A sender with so many addresses is not held up by being counted.
void failed_tries::make_room(clock::time_point now)
{
    std::erase_if(by_address_, [&](const auto& each) { return now - each.second.since >= window; });
    if (by_address_.size() >= most_addresses)
        by_address_.erase(std::ranges::min_element(
            by_address_, {}, [](const auto& each) { return each.second.since; }));
}

} // namespace penstock::host::api
