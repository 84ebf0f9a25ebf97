// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/peers.hpp"

#include "host/journal/numbering.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::api
{

namespace
{

constexpr unsigned seconds_until_mended = 10; // it takes somebody to mend the settings

} // namespace

peers::peers(peer_options options) : host_number_(options.host_number)
{
    for (http::peer_address& each : options.others)
        if (each.number != host_number_) // all hosts may have the same list
            all_.push_back(std::make_unique<peer>(std::move(each), host_number_, options.limits));
}

bool peers::is_of_another(packet_id receipt) const noexcept
{
    return host_number_ != 0 && host_number_of(receipt) != host_number_;
}

void peers::ask(packet_id receipt, const std::string& text, const http::reply& give) const
{
    const std::uint64_t number = host_number_of(receipt);
    const auto found =
        std::ranges::find_if(all_, [&](const auto& each) { return each->number() == number; });
    if (found != all_.end())
        return (*found)->ask(text, give);
    give(http::response::unavailable("host " + std::to_string(number) +
                                         ", which accepted this request, is not among the peers of "
                                         "this host",
                                     seconds_until_mended));
}

bool peers::end(std::chrono::steady_clock::time_point deadline)
{
    bool have_ended = true;
    for (const auto& each : all_)
        have_ended = each->end(deadline) && have_ended;
    return have_ended;
}

void peers::leave_behind()
{
    for (const auto& each : all_)
        each->leave_behind();
}

} // namespace penstock::host::api
