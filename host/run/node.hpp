// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/graph/reference.hpp"
#include "host/run/availability.hpp"
#include "host/run/completion_queue.hpp"
#include "host/run/counters.hpp"
#include "host/run/hand.hpp"
#include "host/run/inlet.hpp"
#include "host/run/lane_services.hpp"
#include "host/run/outlet.hpp"
#include "host/run/plan.hpp"
#include "host/run/wait_graph.hpp"

#include <penstock/component.hpp>
#include <penstock/detail/let_go.hpp>
#include <penstock/detail/packet_access.hpp>
#include <penstock/detail/runtime.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host
{

/// Runs one component on one lane, in a fiber of its own: feeds its inputs, carries off what it
/// sends, settles what it lets go, and starts it anew when it throws. [the lane's thread]
class node final : public detail::runtime
{
public:
    node(const planned_node& plan, std::size_t rank, lane_services& lane, node_counters& counters);
    ~node();

    /// Wires an input, or an output (`error_port` for the implicit one), before run().
    void add_input_wire(std::size_t port, wire from);
    void add_output_wire(std::size_t port, wire to);

    /// The fiber's body: constructs and starts the component, works until its inputs are
    /// exhausted, and closes its outputs.
    void run() noexcept;

    /// Hears that an edge to one of its inputs got packets, a mark, or was closed.
    void filled(const edge& queue) noexcept;

    /// Hears that one of its outgoing edges has room, and whether it will have no more for now.
    void freed(const edge& queue, bool at_last = false) noexcept;

    /// Takes a packet that enters the graph here. It is received as one that is tried again is:
    /// before what waits on the edges, as a request of its own, in the order of its key.
    void enter(std::size_t port, packet&& packet);

    /// Ends its wait, whatever it waits for.
    void wake() noexcept;

    /// Doubles one of its incoming edges.
    void grow_input(edge& queue);

    [[nodiscard]] const planned_node& plan() const noexcept { return plan_; }
    [[nodiscard]] std::size_t rank() const noexcept { return rank_; }
    [[nodiscard]] bool has_ended() const noexcept { return ended_; }

    /// Tells what the node waits for, and appends the ranks of the nodes that can bring it; 0 is
    /// the lane's door.
    [[nodiscard]] fiber_wait waits_for(std::vector<std::size_t>& on) const;

    /// Says what the node waits for: `waits for packets at "in"`.
    [[nodiscard]] std::string wait_text() const;

    /// The edge in which the node waits for room, while it does.
    [[nodiscard]] const wire& awaited_room() const noexcept { return *waiting_for_room_; }

    // detail::runtime
    detail::arrival refill(input& port, const detail::wait& wait) override;
    void make_room(output& port) override;
    void consumed(const packet& packet) noexcept override;
    void hand_back(packet&& packet) noexcept override;
    void hand_back_outside(packet&& packet) noexcept override;
    void deliver(packet&& packet) override;
    void drop(packet&& packet) override;
    void fail(packet&& packet, std::string reason) override;
    void retry(packet&& packet, std::string reason) override;
    void threw(std::string reason) override;
    void away(std::string why, std::chrono::milliseconds retry_after) override;
    [[nodiscard]] bool is_away() const noexcept override { return availability_->is_away(); }
    void reply(const packet& packet) override;
    void blocking(detail::callable work) override;
    void wait_until(std::chrono::steady_clock::time_point when) override;
    void acquire(std::string_view resource) override;
    bool admit(output& port, packet& what, const json::value& position,
               std::uint64_t number) override;
    std::optional<json::value> load_state(std::string_view key) override;
    void save_state(std::string_view key, const json::value& value) override;
    [[nodiscard]] std::string data_directory() const override { return lane_.data_directory(); }
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait) override;
    void log(severity level, std::string_view text) noexcept override;
    [[nodiscard]] std::uint32_t received() const noexcept override
    {
        return received_ + taken_of_span();
    }

private:
    using clock = scheduler::clock;

    enum class waiting
    {
        nothing,
        packets, ///< until a deadline, perhaps
        room,
        start, ///< from here on: what comes from outside of the lane, or with time
        blocking,
        time, ///< which the component has asked for
        resource,
        availability,
        availability_or_packets,
        admission,
        upstream,
        restart,
        deployment
    };

    // How packets that come again are told apart from others at one input.
    struct comeback
    {
        bool in_request = false; // a request made of them alone is being received
        bool alone = false;      // the one handed out last is to be a batch of its own
    };

    // node.cpp: the life of the component
    [[nodiscard]] std::string shown(std::string text) const
    {
        return plan_.secrets.empty() ? text : without_secrets(std::move(text), plan_.secrets);
    }
    void make_instance();
    void work();
    void work_on();
    void run_instance();
    void recover(std::string reason);
    void recover_from_loss(std::string why, std::chrono::milliseconds retry_after);
    void make_anew(std::string reason, bool blamed);
    void back_off(const std::string& reason);
    [[noreturn]] void stay_failed(const std::string& reason);
    [[nodiscard]] bool inputs_exhausted() const noexcept;
    [[nodiscard]] bool edges_exhausted() const noexcept;
    void close_outputs() noexcept;

    // node_flow.cpp: packets that come in, and waiting
    void wait_for_resource(const std::string& resource);
    void suspend(waiting what);
    void stop_waiting() noexcept;
    void wait_for_packets(const input& port);
    void wait_for_room(const wire& to);
    void let_others_run();
    void wake_for_packets() noexcept;
    void check_stopped() const
    {
        if (lane_.cancelled() || (plan_.is_source && !is_acknowledging_ && lane_.draining()))
            [[unlikely]]
            throw stopped();
    }
    void open_span(inlet& from, input& port);
    void release_span();
    [[nodiscard]] std::uint32_t taken_of_span() const noexcept
    {
        return open_ == nullptr ? 0
                                : static_cast<std::uint32_t>(detail::port_access::next(*port_) -
                                                             open_->span().data());
    }
    void count_received() noexcept;
    void be_careful();
    void tell_freed(const wire& from, bool at_last = false);
    [[nodiscard]] bool next_in_turn(input& port, const detail::wait& wait);
    [[nodiscard]] bool must_end_late(const inlet& from) const;
    void begin_turn();
    void end_turn();

    // node_source.cpp: packets that the component makes of an upstream
    void send_as_entries(std::size_t port, std::span<packet> packets);
    void wait_for_letters();

    // node_outputs.cpp: packets and the ends of requests that go on
    void flush_outputs();
    void flush(std::size_t port);
    void send_to(const std::vector<wire>& wires, std::span<packet> packets);
    void forward_request_ends(inlet& waiting_at, const detail::wait& wait);
    void mark_outlet(std::size_t index);

    // node_settle.cpp: the fate of packets
    void settle();
    void settle(packet&& packet, detail::fate how, const std::string& reason);
    bool settle_after_throw(const std::string& reason, detail::blame blame);
    [[nodiscard]] detail::blame blamed_by_throw() const noexcept;
    void end_instance();
    static void abandon(packet&& packet) noexcept;
    void fail_outside();
    void no_longer_in_hand(const packet& packet) noexcept;
    void fail_packet(packet&& packet, const std::string& reason);
    void end_packet(packet&& packet, detail::end how) noexcept;
    void give_up(packet&& packet, const std::string& reason);
    void bury(packet&& packet, const std::string& reason);
    bool bury_quarantined(input& port);
    void put_back(std::vector<std::deque<packet>> packets);

    // node_away.cpp: what the component works with is away
    void lost(const std::string& why, std::chrono::milliseconds retry_after);
    [[nodiscard]] bool may_go_on(clock::time_point until, waiting what);
    void wait_until_back();
    [[nodiscard]] bool must_wait_for_it(const inlet& from, const detail::wait& wait);
    void end_probe(const detail::wait& wait);
    void found();
    void give_up_probe();

    // node_retry.cpp: packets that are tried again
    void begin_failure();
    void try_again(packet&& packet, const std::string& reason);
    [[nodiscard]] bool has_tries_left(const packet& packet) const noexcept;
    [[nodiscard]] bool is_last_try(const packet& packet) const noexcept;
    void park(packet&& packet, const std::string& reason);
    [[nodiscard]] std::optional<detail::arrival> refill_parked(input& port,
                                                               const detail::wait& wait);

    const planned_node& plan_;
    const std::size_t rank_;
    lane_services& lane_;
    scheduler& fibers_;
    node_counters& counters_;
    std::unique_ptr<component> instance_;
    std::shared_ptr<completion_queue> completions_; // of a source, and of this instance
    std::vector<inlet> inlets_;
    std::vector<outlet> outlets_;
    std::vector<wire> error_wires_;

    std::vector<detail::let_go> let_go_;
    std::vector<detail::let_go> settling_;
    std::vector<packet> outside_; // destroyed inside `blocking`
    bool destroying_ = false;
    bool was_outside_ = false;     // ever
    std::uint32_t received_ = 0;   // packets, before the open span
    std::uint32_t last_throw_ = 0; // received by then
    std::uint32_t counted_ = 0;    // as received
    inlet* open_ = nullptr;        // the one whose port has a span; no more than one has
    input* port_ = nullptr;        // that port
    hand hand_;
    bool is_careful_;
    bool ended_ = false;
    bool is_acknowledging_ = false; // and so ends by itself when its graph drains

    waiting waiting_ = waiting::nothing;
    const wire* waiting_for_room_ = nullptr;
    std::size_t waiting_input_ = 0;
    std::vector<std::string> resources_; // that start() has declared
    std::uint64_t request_ends_forwarded_ = 0;

    std::size_t span_limit_;
    std::size_t turn_left_ = 0; // packets until it lets others run
    std::size_t taken_in_turn_ = 0;
    bool is_measured_ = false;
    clock::time_point turn_began_{};
    unsigned unmeasured_turns_ = 0; // that are still to come

    std::deque<clock::time_point> faults_;

    const std::shared_ptr<availability> availability_;
    bool probing_ = false;        // it may find out, with one packet
    bool probe_is_out_ = false;   // which was handed out
    bool passed_request_ = false; // and was all of its request

    std::vector<comeback> comebacks_;     // one for each input
    clock::time_point failed_at_{};       // what fails together comes again together
    std::uint32_t failed_at_receive_ = 0; // received by then
    double jitter_ = 1;
    clock::time_point woken_at_{};
    std::minstd_rand random_;
    bool any_parked_ = false; // ever
};

} // namespace penstock::host
