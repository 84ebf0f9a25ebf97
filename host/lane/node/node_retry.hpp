// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_fiber.hpp"

#include <penstock/detail/own_window.hpp>
#include <penstock/detail/runtime.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace penstock::host
{

/// How packets that failed in a node are set aside, and received again; see retry_queue. [the
/// lane's thread]
class node_retry
{
public:
    node_retry(const node_setting& of, node_inputs& inputs, std::uint64_t seed);

    /// Returns whether a packet that failed may be tried again.
    [[nodiscard]] bool has_tries_left(const packet& packet) const noexcept;

    /// Sets a packet aside that failed. What fails between two receives comes again together.
    void retry_later(packet&& packet, const std::string& reason);

    /// When those come again that failed last.
    [[nodiscard]] scheduler::clock::time_point failed_at() const noexcept { return failed_at_; }

    /// Until when a receive gives nothing, because what is gathered by several of them would hold a
    /// packet in its last try and others; see own_window. Nothing: it gives what there is.
    [[nodiscard]] std::optional<scheduler::clock::time_point>
    gives_nothing_until(const input& port, const detail::wait& wait);

    /// When the next packet becomes due at an input that was not when refill() looked; `max` if
    /// none will.
    [[nodiscard]] scheduler::clock::time_point next_due(const input& port) const
    {
        return inputs_[port.index()].retries().next_due(looked_at_);
    }

    /// Called when packets were handed out that do not come again, and that a deadline has passed.
    void handed_out(const input& port) noexcept { comebacks_[port.index()].window.handed_out(); }
    void timed_out(const input& port) noexcept;

    /// Gives a port the packet that is due again, or says why there is none though more might be on
    /// the edges; nothing if those are to be asked.
    ///
    /// Where requests are received, those of one request that come again are a request of their
    /// own, for the one they came in is over. In its last try a packet is a request, or a batch, of
    /// its own: of those that failed for one of them the others get through.
    [[nodiscard]] std::optional<detail::arrival> refill(input& port, const detail::wait& wait);

    /// Returns whether a request of packets that come again is being received at an input.
    [[nodiscard]] bool is_in_request(std::size_t port) const noexcept
    {
        return comebacks_[port].in_request;
    }

    /// Returns whether the nth packet that the component has received is the last that came alone.
    [[nodiscard]] bool came_alone(std::uint32_t receive) const noexcept
    {
        return receive == last_alone_;
    }

    /// Called when a new instance starts, which has begun no request.
    void start_anew();

private:
    using clock = scheduler::clock;

    // How packets that come again are told apart from others at one input.
    struct comeback
    {
        bool in_request = false;   // a request made of them alone is being received
        std::uint64_t request = 0; // which they came in
        bool alone = false;        // the one handed out last is to be a batch of its own
        detail::own_window window{};
    };

    [[nodiscard]] bool is_last_try(const packet& packet) const noexcept;
    [[nodiscard]] bool comes_alone(const input_queue& from, const packet& next) const;
    void begin_failure();

    const node_setting& of_;
    node_inputs& inputs_;
    std::vector<comeback> comebacks_; // one for each input
    std::uint32_t last_alone_ = 0;    // the number of the packet that came alone last; 0: none did
    clock::time_point looked_at_{};   // by refill()
    clock::time_point failed_at_{};
    std::uint32_t failed_at_receive_ = 0; // received by then
    double jitter_ = 1;
    std::minstd_rand random_;
};

} // namespace penstock::host
