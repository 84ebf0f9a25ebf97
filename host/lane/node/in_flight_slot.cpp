// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/in_flight_slot.hpp"

#include <penstock/detail/packet_access.hpp>

namespace penstock::host
{

namespace
{

// How many packets, above the sum of their numbers.
std::uint64_t weight(std::uint32_t number) noexcept
{
    return (static_cast<std::uint64_t>(number != 0) << 32U) + number;
}

} // namespace

void in_flight_slot::relax() noexcept
{
    forget_hand();
    is_careful_ = false;
    keeps_account_ = watched_.is_held();
}

void in_flight_slot::watch(const packet& received) noexcept
{
    watched_.watch(received);
    keeps_account_ = true;
}

void in_flight_slot::receive(const packet& received) noexcept
{
    if (!is_careful_)
        return;
    last_ = received.id();
    last_number_ = detail::packet_access::receive(received);
    held_ += weight(last_number_);
    note();
}

void in_flight_slot::take_out(const packet& gone) noexcept
{
    watched_.let_go(gone);
    keeps_account_ = is_careful_ || watched_.is_held();
    if (!is_careful_)
        return;
    held_ -= weight(detail::packet_access::receive(gone));
    note();
}

void in_flight_slot::clear() noexcept
{
    watched_.forget();
    keeps_account_ = is_careful_;
    forget_hand();
}

void in_flight_slot::forget_hand() noexcept
{
    if (!is_careful_)
        return;
    last_number_ = 0;
    held_ = 0;
    note();
}

void in_flight_slot::note() noexcept
{
    const bool holds_last_alone = last_number_ != 0 && held_ == weight(last_number_);
    told_.has_packet.store(0);
    told_.packet = last_;
    told_.has_packet.store(holds_last_alone ? 1 : 0);
}

} // namespace penstock::host
