// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace penstock::detail
{

/// How a packet ended, unless it became a dead letter. `uncounted` is the end of a packet that
/// lives on in its children.
enum class end
{
    delivered,
    dropped,
    failed, ///< delivered through an `error` port
    uncounted
};

/// Stands for the receipts a packet carries, and counts the packets that carry them.
///
/// The host makes one per accepted request and lane; packet::join() joins them. [one lane]
class PENSTOCK_EXPORT lineage
{
public:
    lineage() = default;
    lineage(const lineage&) = delete;
    lineage& operator=(const lineage&) = delete;

    void retain() noexcept { ++open_; }

    /// Releases one share; the last one closes the lineage, which may delete it.
    void release() noexcept
    {
        if (--open_ == 0)
            closed();
    }

    [[nodiscard]] std::uint32_t open() const noexcept { return open_; }

    /// Counts one packet's end against each receipt.
    virtual void count(end how) noexcept = 0;

    /// Counts a packet that became a dead letter; `letter` has its `id`, `node` and `reason`.
    virtual void add_dead_letter(const json::object& dead_letter) = 0;

    /// Remembers that a packet was let go while its lane was cancelled: the request stays pending.
    virtual void abandon() noexcept = 0;

    /// Appends a packet to the answer of each receipt.
    virtual void reply(const packet& packet) = 0;

    /// Calls `visit` with the id of each receipt carried.
    virtual void receipts(void (*visit)(void* context, std::string_view receipt),
                          void* context) const = 0;

    /// Calls `visit` with each key whose packets are to stay in order.
    virtual void keys(void (*visit)(void* context, std::string_view key), void* context) const
    {
        (void)visit;
        (void)context;
    }

    /// The place of the request in the order in which its lane got them; the last of several.
    [[nodiscard]] virtual std::uint64_t request() const noexcept
    {
        return std::numeric_limits<std::uint64_t>::max();
    }

protected:
    virtual ~lineage() = default;
    virtual void closed() noexcept = 0;

public:
    /// Makes a packet the whole answer of each receipt, or adds it to it. Behind the others, whose
    /// places in the table of functions packages know.
    virtual void reply_whole(const packet& packet) { reply(packet); }

    /// Counts one delivery that is on the disks of several machines. Its end is counted besides.
    virtual void count_replicated() noexcept {}

private:
    std::uint32_t open_ = 0;
};

/// Opens a packet's handle to the runtimes that carry it: the host's nodes and the test runner.
struct PENSTOCK_EXPORT packet_access
{
    // Of the marks: the lower half is the index of the input that the packet came in by.
    static constexpr unsigned tries_shift = 20;           ///< the bits above count failed tries
    static constexpr std::uint32_t via_error = 1U << 16U; ///< went through an `error` port
    static constexpr std::uint32_t joined = 2U << 16U;    ///< consumed another packet in this node
    static constexpr std::uint32_t port_mask = 0xffffU;
    static constexpr std::uint16_t greatest_tries = 0xffffffffU >> tries_shift;

    // Of the numbers: the lower half is receive(), the upper half the count of children.
    static constexpr unsigned children_shift = 32;
    static constexpr std::uint32_t without_heirs = std::uint32_t{1} << 31U; ///< see has_heirs()
    static constexpr std::uint32_t most_children = without_heirs - 1;

    /// A handle to nothing, as a moved-from packet is.
    static packet none() noexcept { return packet{packet::nothing{}}; }
    static bool is_none(const packet& p) noexcept { return p.body_ == nullptr; }

    /// Which of the packets that its node received this one was, over all inputs; 0 if it was made
    /// there. The last node's until the next one receives it.
    static std::uint32_t receive(const packet& p) noexcept
    {
        return static_cast<std::uint32_t>(p.numbers_);
    }

    /// How many packets were derived from it in this node.
    static std::uint32_t children(const packet& p) noexcept
    {
        return all_children(p) & most_children;
    }

    /// Returns whether some were since it was received, or consumed another packet: those that
    /// carry all of its receipts, and stand for it.
    static bool has_heirs(const packet& p) noexcept
    {
        return all_children(p) != 0 && (all_children(p) & without_heirs) == 0;
    }
    static std::uint16_t port(const packet& p) noexcept
    {
        return static_cast<std::uint16_t>(p.marks_ & port_mask);
    }
    static bool went_through_error(const packet& p) noexcept { return (p.marks_ & via_error) != 0; }
    static void set_via_error(packet& p) noexcept { p.marks_ |= via_error; }
    static bool has_joined(const packet& p) noexcept { return (p.marks_ & joined) != 0; }

    /// The receive() of the packet that one made in a node was derived from.
    static std::uint32_t parent_receive(const packet& p) noexcept;

    /// Numbers packets that are about to be received by an input, from `first` on. What is derived
    /// from one has the same ids each time that it is received.
    static void enter(std::span<packet> packets, std::uint32_t first, std::uint16_t input) noexcept
    {
        // Each packet of each hop goes through here: two instructions in five would be the loop's
        // own.
        _Pragma("GCC unroll 4") for (packet& each : packets)
        {
            each.numbers_ = first;
            if (port(each) != input) [[unlikely]] // a store less
                set_port(each, input);
            ++first;
        }
    }

    /// How often the packet failed in the node that it is in.
    static std::uint16_t tries(const packet& p) noexcept
    {
        return static_cast<std::uint16_t>(p.marks_ >> tries_shift);
    }
    static void set_tries(packet& p, std::uint16_t count) noexcept
    {
        constexpr std::uint32_t others = (std::uint32_t{1} << tries_shift) - 1;
        p.marks_ = (p.marks_ & others) | (std::uint32_t{count} << tries_shift);
    }

    static lineage* receipts(const packet& p) noexcept { return p.lineage_; }

    /// Gives a bare packet its receipts and takes one share of them. The packet must have none.
    static void attach(packet& p, lineage& receipts) noexcept;

    /// Takes the receipts away without counting; the caller owns the share.
    static lineage* detach(packet& p) noexcept;

    /// A second handle to the same body, id and receipts.
    [[nodiscard]] static packet share(const packet& p) noexcept;

    /// True when no other handle shares the body, so that it may cross to another thread.
    static bool is_unique(const packet& p) noexcept;

    /// What it shares with its copies, to be told from others.
    static const void* body(const packet& p) noexcept { return p.body_; }

    /// About how many bytes its data, fields and meta would take as JSON.
    static std::uint64_t size_of(const packet& p) noexcept;

    /// Deletes all meta. What is set from now on stays JSON text until somebody asks for it, as do
    /// the fields of packet::set_text_fields().
    static void begin_text_meta(packet& p);

    /// Appends all meta to `out` as one JSON object, as packet::write_fields() does with fields.
    static void write_meta(const packet& p, std::string& out);

    static void set_id(packet& p, packet_id id) noexcept;

    /// The id of the nth child of a packet at a node. [any thread]
    static packet_id child_id(packet_id parent, std::uint64_t node, std::uint64_t ordinal) noexcept;

    /// The id of what a source makes of a position in its upstream. [any thread]
    static packet_id position_id(std::string_view graph, std::string_view node,
                                 std::string_view position) noexcept;

    /// Frees the body without handing it back. For a packet without receipts.
    static void destroy(packet& p) noexcept;

private:
    // Of its own, so that the port is compared where it is.
    static void set_port(packet& p, std::uint16_t input) noexcept;

    static std::uint32_t all_children(const packet& p) noexcept
    {
        return static_cast<std::uint32_t>(p.numbers_ >> children_shift);
    }
};

} // namespace penstock::detail
