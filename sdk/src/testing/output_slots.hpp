// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>
#include <penstock/port.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace penstock::testing
{

/// The slots that the outputs of a component fill in a test run. [one lane]
class output_slots
{
public:
    explicit output_slots(std::size_t outputs) : slots_(outputs) {}

    /// Gives an output empty slots.
    void give(output& port)
    {
        std::vector<packet>& slots = slots_[port.index()];
        while (slots.size() < slots_of_a_port)
            slots.push_back(detail::packet_access::none());
        detail::port_access::set_span(port, slots.data(), slots.data() + slots.size());
    }

    /// Takes the slots back; returns those that were filled, valid until the next call for that
    /// output.
    std::span<packet> take(output& port)
    {
        packet* const end = detail::port_access::next(port);
        detail::port_access::set_span(port, nullptr, nullptr);
        return end == nullptr ? std::span<packet>() : std::span(slots_[port.index()].data(), end);
    }

private:
    static constexpr std::size_t slots_of_a_port = 64;

    std::vector<std::vector<packet>> slots_; // by output
};

} // namespace penstock::testing
