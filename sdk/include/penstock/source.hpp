// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/unavailable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace penstock
{

/// The pace of a source.
struct source_limits
{
    std::uint32_t in_flight = 1000;      ///< the most packets that are not acknowledged yet
    std::chrono::milliseconds idle{100}; ///< the pause after a read() that has found nothing
};

/// A component without inputs that makes packets from an upstream of its own: a file, a queue, a
/// log.
///
/// The upstream is the journal of a source: its packets are not kept by the host. When everything
/// made from a packet has ended, acknowledge() says so, and the upstream may forget it; what was
/// not acknowledged comes again after a crash, a redeployment or an exception, when a new instance
/// begins where the last acknowledgement left the upstream. One instance runs for a graph, whatever
/// its lanes; that of a new version begins when the old version has ended.
///
/// Declares the parameter `in_flight`. All calls come from the component's own fiber, one at a
/// time.
class PENSTOCK_EXPORT source : public component
{
protected:
    /// Registers the output `out` and the parameter `in_flight`; `fallback` has its default.
    explicit source(source_limits fallback = {});
    ~source() override;

    /// Connects with the upstream, behind what was acknowledged last: before the first read(), and
    /// again after it was unavailable. Any std::exception says that it is. May suspend. What is
    /// read again then by positions that are in flight is not sent twice.
    virtual void connect() {}

    /// Reads on and calls emit() for each packet found; none is usual when there is nothing new,
    /// and it is called again after a pause then. Returns false if there will never be more. It is
    /// not called while the graph is full, while `in_flight` packets are not acknowledged, or once
    /// the graph stops. May suspend, for a second or so at most: acknowledgements wait until it
    /// returns. After `unavailable` the node waits and connects again; any other std::exception
    /// ends this instance.
    virtual bool read() = 0;

    /// Called with positions, in the order of their emit(), when everything made from their
    /// packets, and from all before them, has ended: `positions.back()` is the low-water mark.
    /// Never empty. A dead letter is on disk by then. May suspend. After `unavailable` it is called
    /// with them again, once connected.
    virtual void acknowledge(const std::vector<json::value>& positions);

    /// Sends a packet by `out`, when read() has returned or thrown `unavailable`. `position` names
    /// it in the upstream: its id follows from graph, node and position, so that it has the same id
    /// whenever it comes. One that is larger than all that its graph may hold is refused, without
    /// its data. Takes the packet over. Never suspends.
    void emit(json::value position, packet&& made);
    /// The same by another output of this component.
    void emit(json::value position, packet&& made, output& to);

    /// Makes a dead letter of what read() has found and the graph is not to get: a message that is
    /// none, a line that is too long. `content` is what is left of it, `why` what is wrong with it.
    /// In order with what is emitted, and acknowledged like that, when the letter is on disk; waits
    /// like that too, while the graph has no room for dead letters. Takes the packet over. Never
    /// suspends.
    void refuse(json::value position, packet&& content, std::string why);

private:
    struct reading;

    void run() final;
    [[nodiscard]] bool send_emitted();
    [[nodiscard]] bool wait(const detail::source_wait& what);
    void connect_or_throw();
    void acknowledge_ended();

    std::unique_ptr<reading> reading_;
};

} // namespace penstock
