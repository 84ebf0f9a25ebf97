// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/packet.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock
{

class input;
class output;

/// How urgent a line of the log is.
enum class severity
{
    debug,
    information,
    warning,
    error
};

namespace detail
{

/// The reason why a wait for packets ended.
enum class arrival
{
    packets,
    request_end, ///< only if the caller asked to see the ends of requests
    timeout,
    closed
};

/// What a wait is for: a packet by itself, the first of a batch, or more for it.
enum class purpose
{
    single,
    batch_begin,
    batch_more
};

/// What to wait for.
struct wait
{
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
    bool stop_at_request_end = false;
    detail::purpose purpose = detail::purpose::single;
};

/// What a source waits for, besides the ends of its packets.
struct source_wait
{
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
    bool for_room = false;   ///< until the graph may take in more
    bool to_the_end = false; ///< also while the graph is drained
};

/// A callable borrowed for the length of one call.
struct callable
{
    void (*call)(void* object);
    void* object;
};

/// The runtime of one instance of a component: the interface between the SDK and its host. The
/// host's nodes and the test runner implement it; component authors never see it.
///
/// All calls come from the component's own fiber. Those that suspend throw `stopped` at teardown.
class PENSTOCK_EXPORT runtime
{
public:
    /// Fills the input's span with at least one packet, or says why not. Suspends. Packets have
    /// been numbered by packet_access::enter(); no other input has a span then.
    virtual arrival refill(input& port, const wait& wait) = 0;

    /// Publishes what was sent into the output's span and gives it a new one with room. Suspends.
    virtual void make_room(output& port) = 0;

    /// Called before a packet is consumed by another one. Never suspends.
    virtual void consumed(const packet& packet) noexcept = 0;

    /// Takes a packet that carries receipts and was destroyed without a verb. Never suspends.
    virtual void hand_back(packet&& packet) noexcept = 0;

    /// The same for a packet that was destroyed inside `blocking`. [the thread of that work]
    virtual void hand_back_outside(packet&& packet) noexcept = 0;

    /// Ends a packet as delivered or as dropped. Never suspends.
    virtual void deliver(packet&& packet) = 0;
    virtual void drop(packet&& packet) = 0;

    /// Ends a packet as failed, or, if it has attempts left, receives it again. Suspend.
    virtual void fail(packet&& packet, std::string reason) = 0;
    virtual void retry(packet&& packet, std::string reason) = 0;

    /// Called when the component's code has thrown and was done with what it received last. What it
    /// destroyed since that receive fails with the reason. Suspends.
    virtual void threw(std::string reason) = 0;

    /// Called when the component's code found what it works with unavailable. What it destroyed
    /// since the last receive is received again, when that may be back. Suspends.
    virtual void away(std::string why, std::chrono::milliseconds retry_after) = 0;

    /// Returns whether that is known to be away.
    [[nodiscard]] virtual bool is_away() const noexcept = 0;

    virtual void reply(const packet& packet) = 0;

    /// Runs `work` on the blocking pool; suspends. Exceptions of the work come out of the call.
    virtual void blocking(callable work) = 0;

    /// Suspends until a time; if it has passed, until others have run.
    virtual void wait_until(std::chrono::steady_clock::time_point when) = 0;

    /// The time on the clock that deadlines are on.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const noexcept
    {
        return std::chrono::steady_clock::now();
    }

    /// Waits until no earlier deployment holds the resource; held until this one has drained.
    virtual void acquire(std::string_view resource) = 0;

    /// Also called inside `blocking`. [any thread]
    virtual void log(severity level, std::string_view text) noexcept = 0;

    /// How many packets the component has received, over all inputs. Also from a signal handler of
    /// its thread, when it may be off by some.
    [[nodiscard]] virtual std::uint32_t received() const noexcept = 0;

    // For sources. They throw std::logic_error where none can run.

    /// Admits a packet of a source to the graph, as a request of its own, with the id of its
    /// position; its end is told by `number`. False, and the packet kept, if the graph is full.
    /// Throws std::length_error, and the packet is kept, if the graph can never take it. Never
    /// suspends.
    virtual bool admit(output& port, packet& what, const json::value& position,
                       std::uint64_t number);

    /// Appends the numbers of packets that have ended, with their dead letters on disk. Suspends
    /// until there is one, or what else is waited for; while the upstream is away, until it may be
    /// back. Returns whether the graph still takes in; if not, it returns at once, unless it is to
    /// wait on.
    virtual bool await_ends(std::vector<std::uint64_t>& ended, const source_wait& wait);

    /// Called with the positions that were acknowledged to the upstream.
    virtual void acknowledged(const std::vector<json::value>& positions) { (void)positions; }

    // What is kept for a node. They throw std::logic_error where nothing is.

    /// Reads the node's state, or that of a key, as it was saved last; nothing if it never was.
    /// Suspends.
    virtual std::optional<json::value> load_state(std::string_view key);

    /// Keeps it; suspends until it is synced to disk. Throws `unavailable`.
    virtual void save_state(std::string_view key, const json::value& value);

    /// The data directory; empty: there is none.
    [[nodiscard]] virtual std::string data_directory() const { return {}; }

    /// Ends a packet of a source that no graph can take as a dead letter, with the id of its
    /// position; await_ends() gives its `number` when the letter is on disk. False, and the packet
    /// kept, if the graph has no room for dead letters. Suspends while the disk takes none. Throws
    /// `stopped`, and std::logic_error where no source can run. The last of all: what was built
    /// before this was here finds the others where they were.
    virtual bool refuse(packet& what, const json::value& position, const std::string& reason,
                        std::uint64_t number);

    /// The hash of the node's name, part of the ids of packets derived in it.
    [[nodiscard]] std::uint64_t node_key() const noexcept { return node_key_; }

protected:
    runtime() = default;
    runtime(const runtime&) = delete;
    runtime& operator=(const runtime&) = delete;
    virtual ~runtime() = default;

    std::uint64_t node_key_ = 0;
};

/// The runtime whose component runs on this thread now; null outside of one, also inside
/// `blocking`. A runtime sets it each time its fiber is resumed.
[[nodiscard]] PENSTOCK_EXPORT runtime* current() noexcept;
PENSTOCK_EXPORT void set_current(runtime* runtime) noexcept;

/// Runs the work of a `blocking` call on this thread, on behalf of the runtime.
PENSTOCK_EXPORT void call_outside(runtime& behalf, callable work);

/// The runtime on whose behalf this thread runs the work of a `blocking` call, or null.
[[nodiscard]] PENSTOCK_EXPORT runtime* outside_of() noexcept;

} // namespace detail
} // namespace penstock
