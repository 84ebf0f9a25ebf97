// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/extents.hpp"
#include "host/supervise/shared_memory.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::supervise
{

class inflight;

/// The part of the shared memory that a thread which runs components writes, with a record for each
/// of its nodes; private memory if there is none, or no room in it. [that thread, but for its
/// making]
class worker_slot
{
public:
    /// Without shared memory: nobody reads what is written.
    explicit worker_slot(std::size_t records);
    worker_slot(const worker_slot&) = delete;
    worker_slot& operator=(const worker_slot&) = delete;
    ~worker_slot();

    /// Notes that the nth record's component runs from now on. About a nanosecond.
    void run(std::size_t n) noexcept
    {
        slice_ += one_slice;
        now_->store(slice_ | (first_ + n), std::memory_order_relaxed);
    }

    /// Notes that a component of any other lane runs here, by the number of its record.
    void run_foreign(std::uint32_t record) noexcept
    {
        slice_ += one_slice;
        now_->store(slice_ | record, std::memory_order_relaxed);
    }

    /// Notes that no component runs.
    void rest() noexcept
    {
        slice_ += one_slice;
        now_->store(slice_, std::memory_order_relaxed);
    }

    /// Notes that the running component has given control to the host and got it back.
    void beat() noexcept
    {
        slice_ += one_slice;
        const std::uint64_t now = now_->load(std::memory_order_relaxed);
        now_->store(slice_ | thread_slot::record_of(now), std::memory_order_relaxed);
    }

    [[nodiscard]] node_record& record(std::size_t n) noexcept { return records_[n]; }

    /// The number of the nth record in the shared memory; 0 without one.
    [[nodiscard]] std::uint32_t number_of(std::size_t n) const noexcept
    {
        return owner_ == nullptr ? 0 : static_cast<std::uint32_t>(first_ + n);
    }

    /// Makes the calling thread the one whose crash is looked up here; it also ends the worker
    /// slot.
    void enter() noexcept;

private:
    friend class inflight;
    static constexpr std::uint64_t one_slice = std::uint64_t{1} << 32U;

    worker_slot(inflight& owner, std::size_t slot, std::size_t first, std::size_t count,
                std::size_t text, std::size_t text_length);

    inflight* owner_ = nullptr;
    std::atomic<std::uint64_t> unwatched_{0};
    std::unique_ptr<node_record[]> own_records_;
    std::atomic<std::uint64_t>* now_ = &unwatched_;
    std::uint64_t slice_ = 0;
    std::uint64_t first_ = 0; // the number of the first record
    node_record* records_ = nullptr;
    std::size_t slot_ = 0;
    std::size_t count_ = 0;
    std::size_t text_ = 0;
    std::size_t text_length_ = 0;
    bool entered_ = false;
};

/// What a record says about a node.
struct node_name
{
    std::string graph;
    std::string node;
    std::string component; ///< `package/name@version`
};

/// A node to make a record for.
struct named_node
{
    std::string_view node;
    std::string_view component;
};

/// A component that runs now, and in which time slice of its thread.
struct running_slice
{
    std::size_t slot = 0;
    std::uint64_t slice = 0; ///< changes with each slice
    std::uint32_t record = 0;

    friend bool operator==(const running_slice&, const running_slice&) = default;
};

/// The allocator of worker slots in the shared memory, and of the names in it. [any thread]
class inflight
{
public:
    /// Clears the shared memory, which outlives this object; all worker slots end before it.
    explicit inflight(supervise::shared_memory& shared_memory);

    /// Makes the worker slot of a lane: record 0 is the lane's own, node n has record n + 1.
    [[nodiscard]] std::unique_ptr<worker_slot> make_lane(std::string_view graph,
                                                         const std::vector<named_node>& nodes);

    /// Makes the worker slot of a thread that runs components of any lane.
    [[nodiscard]] std::unique_ptr<worker_slot> make_blocking();

    /// Makes the record of a graph; it is given back with the last that holds it, before this goes.
    [[nodiscard]] std::shared_ptr<graph_record> make_graph(std::string_view graph);

    /// The components that run in lanes now.
    void running(std::vector<running_slice>& found) const;

    [[nodiscard]] supervise::shared_memory& shared_memory() const noexcept
    {
        return shared_memory_;
    }

    /// Reads the names of a record, of whatever process; nothing if it has none.
    [[nodiscard]] static std::optional<node_name>
    name_of(const supervise::shared_memory& shared_memory, std::uint32_t record);

    /// Reads the text at a position, of whatever process; nothing if there can be none.
    [[nodiscard]] static std::optional<std::string>
    text_of(const supervise::shared_memory& shared_memory, std::uint32_t at);

private:
    friend class worker_slot;
    [[nodiscard]] std::unique_ptr<worker_slot> make(thread_slot::kind kind, std::size_t records,
                                                    const std::string& text);
    void release(const worker_slot& gone);
    void release_graph(std::size_t n, std::size_t text, std::size_t text_length);

    supervise::shared_memory& shared_memory_;
    std::mutex mutex_;
    extents graphs_;
    extents slots_;
    extents records_;
    extents text_;
};

} // namespace penstock::host::supervise
