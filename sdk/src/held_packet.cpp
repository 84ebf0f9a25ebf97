// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/held_packet.hpp>

#include <penstock/detail/packet_access.hpp>

namespace penstock::detail
{

void held_packet::watch(const packet& received) noexcept
{
    number_ = packet_access::receive(received);
    is_gone_ = false;
    children_ = 0;
}

void held_packet::let_go(const packet& gone) noexcept
{
    if (number_ == 0)
        return;
    if (packet_access::receive(gone) == number_)
    {
        is_gone_ = true;
        children_ += packet_access::children(gone);
    }
    else if (packet_access::receive(gone) == 0 && packet_access::parent_receive(gone) == number_)
        children_ += std::int64_t{packet_access::children(gone)} - 1; // its own stand for it
    if (is_gone_ && children_ <= 0)
        number_ = 0;
}

} // namespace penstock::detail
