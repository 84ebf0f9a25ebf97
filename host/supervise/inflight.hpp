// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/extents.hpp"
#include "host/supervise/page.hpp"

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

/// The place in the page of a thread that runs components, with a record for each of its nodes; in
/// private memory if there is no page, or no room in it. [that thread, but for its making]
class place
{
public:
    /// Without a page: what is written there is read by nobody.
    explicit place(std::size_t records);
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place();

    /// Tells that the nth record's component runs from now on. About a nanosecond.
    void run(std::size_t n) noexcept
    {
        turn_ += one_turn;
        now_->store(turn_ | (first_ + n), std::memory_order_relaxed);
    }

    /// Tells that a component of any other lane runs here, by the number of its record.
    void run_foreign(std::uint32_t record) noexcept
    {
        turn_ += one_turn;
        now_->store(turn_ | record, std::memory_order_relaxed);
    }

    /// Tells that no component runs.
    void rest() noexcept
    {
        turn_ += one_turn;
        now_->store(turn_, std::memory_order_relaxed);
    }

    /// Tells that the component that runs has given control to the host and got it back.
    void beat() noexcept
    {
        turn_ += one_turn;
        const std::uint64_t now = now_->load(std::memory_order_relaxed);
        now_->store(turn_ | thread_slot::record_of(now), std::memory_order_relaxed);
    }

    [[nodiscard]] node_record& record(std::size_t n) noexcept { return records_[n]; }

    /// The number of the nth record in the page; 0 without a page.
    [[nodiscard]] std::uint32_t number_of(std::size_t n) const noexcept
    {
        return owner_ == nullptr ? 0 : static_cast<std::uint32_t>(first_ + n);
    }

    /// Makes the calling thread the one whose crash is looked up here; it also ends the place.
    void enter() noexcept;

private:
    friend class inflight;
    static constexpr std::uint64_t one_turn = std::uint64_t{1} << 32U;

    place(inflight& owner, std::size_t slot, std::size_t first, std::size_t count, std::size_t text,
          std::size_t text_length);

    inflight* owner_ = nullptr;
    std::atomic<std::uint64_t> unwatched_{0};
    std::unique_ptr<node_record[]> own_records_;
    std::atomic<std::uint64_t>* now_ = &unwatched_;
    std::uint64_t turn_ = 0;
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

/// A component that runs now, and for which turn of its thread.
struct running_turn
{
    std::size_t slot = 0;
    std::uint64_t turn = 0; ///< changes with each turn
    std::uint32_t record = 0;

    friend bool operator==(const running_turn&, const running_turn&) = default;
};

/// Gives threads their places in the page, and names to what is in it. [any thread]
class inflight
{
public:
    /// Forgets what was in the page. `page` outlives it, and all places do not.
    explicit inflight(supervise::page& page);

    /// Makes the place of a lane: record 0 is the lane's own, node n has record n + 1.
    [[nodiscard]] std::unique_ptr<place> make_lane(std::string_view graph,
                                                   const std::vector<named_node>& nodes);

    /// Makes the place of a thread that runs components of any lane.
    [[nodiscard]] std::unique_ptr<place> make_blocking();

    /// Makes the record of a graph; it is given back with the last that holds it, before this goes.
    [[nodiscard]] std::shared_ptr<graph_record> make_graph(std::string_view graph);

    /// The components that run in lanes now.
    void running(std::vector<running_turn>& found) const;

    [[nodiscard]] supervise::page& page() const noexcept { return page_; }

    /// Reads the names of a record, whoever wrote it; nothing if it has none.
    [[nodiscard]] static std::optional<node_name> name_of(const supervise::page& page,
                                                          std::uint32_t record);

    /// Reads the text at a place, whoever wrote it; nothing if there can be none.
    [[nodiscard]] static std::optional<std::string> text_of(const supervise::page& page,
                                                            std::uint32_t at);

private:
    friend class place;
    [[nodiscard]] std::unique_ptr<place> make(thread_slot::kind kind, std::size_t records,
                                              const std::string& text);
    void release(const place& gone);
    void release_graph(std::size_t n, std::size_t text, std::size_t text_length);

    supervise::page& page_;
    std::mutex mutex_;
    extents graphs_;
    extents slots_;
    extents records_;
    extents text_;
};

} // namespace penstock::host::supervise
