// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"

#include <penstock/packet.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace penstock::host::supervise
{

/// A node of one lane: what it is called, and where its stack ends, written once when the lane is
/// built; and, in careful mode, the packet that its component has in hand.
struct alignas(64) node_record
{
    packet_id packet;                         ///< if there is one
    std::atomic<std::uint32_t> has_packet{0}; ///< 1: exactly one, the one received last
    std::atomic<std::uint32_t> name{0};       ///< place among the texts: graph, node, component
    std::atomic<std::uintptr_t> stack_end{0}; ///< the lowest address of the fiber's guard page
};

/// A thread that runs components: a lane's, or one of the blocking pool.
struct alignas(64) thread_slot
{
    enum kind : std::uint32_t
    {
        unused,
        lane,
        blocking
    };

    std::atomic<std::uint32_t> used{unused};
    std::atomic<std::int32_t> thread{0}; ///< its number for the kernel

    /// Which node's record is running, in the low half; counts the time slices in the high half.
    /// Record 0 belongs to no node.
    std::atomic<std::uint64_t> slice{0};

    static std::uint32_t record_of(std::uint64_t slice) noexcept
    {
        return static_cast<std::uint32_t>(slice);
    }
};

/// How far a graph has got with its entries, those that its journal keeps by their numbers; see
/// suspicion.
struct alignas(64) graph_record
{
    std::atomic<std::uint32_t> name{0};     ///< place among the texts: the graph
    std::atomic<std::uint32_t> in_steps{0}; ///< 1: suspects are let in a few at a time
    std::atomic<std::uint64_t> through{0};  ///< the greatest that was let in
    std::atomic<std::uint64_t> suspects{0}; ///< those up to this one are suspects; 0: none is
    std::atomic<std::uint64_t> single{0};   ///< up to this one, they are let in one at a time
    std::atomic<std::uint64_t> first{0};    ///< of those let in and not done, in steps; 0: none is
    std::atomic<std::uint64_t> last{0};     ///< of these
    std::atomic<std::uint32_t> careful{0};  ///< 1: its nodes are in careful mode
    std::atomic<std::uint64_t> unkept{0};   ///< those at work that no journal keeps
    std::atomic<std::uint64_t> watched{0};  ///< so many of such entries keep it in careful mode
};

/// What was found out about a crash by the worker that died of it.
struct crash_note
{
    enum progress : std::uint32_t
    {
        nothing,
        being_written,
        written
    };
    enum cause : std::uint32_t
    {
        signal,
        stack_overflow,
        hang
    };

    std::atomic<std::uint32_t> progress{nothing};
    std::uint32_t what = signal;
    std::int32_t signal_number = 0;
    std::uint32_t record = 0;       ///< the node that ran; 0: none
    std::uint32_t milliseconds = 0; ///< for which it ran, if it hung
    std::uint32_t has_packet = 0;   ///< whether it had exactly one in hand, the one received last
    packet_id packet;
};

/// What a supervisor and its worker tell each other: words and figures, nothing that is parsed.
struct shared_head
{
    // Worker to supervisor.
    std::atomic<std::uint32_t> serving{0}; ///< 1 once the worker takes requests
    crash_note crash;

    // Supervisor to the worker that it starts.
    std::atomic<std::int64_t> died_at{0};  ///< steady clock, nanoseconds; 0: this is the first one
    std::atomic<std::int32_t> died_of{0};  ///< the signal, or 0: it exited
    std::atomic<std::uint32_t> crashes{0}; ///< in all

    // The worker's own.
    std::atomic<std::uint32_t> slots_used{0};  ///< those from here on were never in use
    std::atomic<std::int64_t> recovered_at{0}; ///< when a worker asked last; as died_at

    // The first worker's, for those after it.
    std::array<char, 64> run_token{}; ///< a token for everything during this run
};

/// The memory that outlives a worker: a head, slots for threads, records of nodes and graphs, and
/// their names. Its size cannot be changed. A component that goes astray may write anything into
/// it, so whoever reads a value there checks it first, and waits for none without a bound. All of
/// it is zero at first, and only what is used takes memory.
class shared_memory
{
public:
    static constexpr std::size_t slot_count = 8192;
    static constexpr std::size_t record_count = 65536;
    static constexpr std::size_t graph_count = 1024;
    static constexpr std::size_t text_size = std::size_t{8} << 20;

    /// Makes memory that can be handed on to another process. Throws std::system_error.
    [[nodiscard]] static descriptor make();

    /// Maps what make() made. Throws std::system_error.
    explicit shared_memory(int memory);

    /// Allocates private memory, for a process without a supervisor. Throws std::system_error.
    shared_memory();

    shared_memory(const shared_memory&) = delete;
    shared_memory& operator=(const shared_memory&) = delete;
    ~shared_memory();

    [[nodiscard]] shared_head& head() const noexcept { return layout_->head; }
    [[nodiscard]] thread_slot& slot(std::size_t n) const noexcept { return layout_->slots[n]; }
    [[nodiscard]] node_record& record(std::size_t n) const noexcept { return layout_->records[n]; }
    [[nodiscard]] graph_record& graph(std::size_t n) const noexcept { return layout_->graphs[n]; }
    [[nodiscard]] char* text() const noexcept { return layout_->text.data(); }

    /// Forgets the crash, the slots, the records, the graphs and the names.
    void clear() noexcept;

private:
    struct layout
    {
        shared_head head;
        alignas(4096) std::array<thread_slot, slot_count> slots;
        std::array<node_record, record_count> records;
        std::array<graph_record, graph_count> graphs;
        std::array<char, text_size> text;
    };

    layout* layout_;
};

} // namespace penstock::host::supervise
