// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_fiber.hpp"
#include "host/lane/node/node_inputs.hpp"
#include "host/lane/node/node_instance.hpp"
#include "host/lane/node/node_outputs.hpp"
#include "host/lane/node/node_probe.hpp"
#include "host/lane/node/node_receive.hpp"
#include "host/lane/node/node_resources.hpp"
#include "host/lane/node/node_restart.hpp"
#include "host/lane/node/node_retry.hpp"
#include "host/lane/node/node_setting.hpp"
#include "host/lane/node/node_source.hpp"
#include "host/lane/node/node_state.hpp"
#include "host/lane/node/settlement.hpp"

#include <penstock/detail/runtime.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Runs one component on one lane, in a fiber of its own: makes it, runs it until its inputs are
/// exhausted, and makes it anew when it throws. What it receives, sends, ends and waits for is in
/// the parts of the node, a class each. [the lane's thread]
class node final : public detail::runtime
{
public:
    node(const planned_node& plan, std::size_t rank, lane_services& lane, node_counters& counters);

    /// Connects an input, or an output (`error_port` for the implicit one), to an edge, before
    /// run().
    void add_input_edge(std::size_t port, edge_end from) { inputs_[port].add(from); }
    void add_output_edge(std::size_t port, edge_end to) { outputs_.add_edge(port, to); }

    /// The fiber's body: constructs and starts the component, works until its inputs are
    /// exhausted, and closes its outputs.
    void run() noexcept;

    /// Called when an edge to one of its inputs got packets or the end of a request, or was closed.
    void filled(const edge&) noexcept { fiber_.packets_came(); }

    /// Called when one of its outgoing edges has room; `at_last`: and will have no more for now.
    void freed(const edge& queue, bool at_last = false) noexcept
    {
        fiber_.room_came(queue, at_last);
    }

    /// Takes a packet that enters the graph here; see node_inputs::enter().
    void enter(std::size_t port, packet&& packet);

    /// Ends its wait, whatever it waits for.
    void wake() noexcept { fiber_.wake(); }

    /// Doubles one of its incoming edges.
    void grow_input(edge& queue) { inputs_.grow(queue, instance_.get()); }

    [[nodiscard]] const planned_node& plan() const noexcept { return of_.plan; }
    [[nodiscard]] std::size_t rank() const noexcept { return of_.rank; }
    [[nodiscard]] bool has_ended() const noexcept { return fiber_.has_ended(); }

    /// What it has done so far.
    [[nodiscard]] const node_counters& counters() const noexcept { return of_.counters; }

    /// What it waits for.
    [[nodiscard]] const node_fiber& fiber() const noexcept { return fiber_; }

    // detail::runtime
    detail::arrival refill(input& port, const detail::wait& wait) override
    {
        return receive_.refill(port, wait);
    }
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
    [[nodiscard]] bool is_away() const noexcept override { return probe_.is_away(); }
    void reply(const packet& packet) override;
    void blocking(detail::callable work) override;
    void wait_until(std::chrono::steady_clock::time_point when) override;
    void acquire(std::string_view resource) override { resources_.acquire(resource); }
    bool admit(output& port, packet& what, const json::value& position,
               std::uint64_t number) override;
    bool refuse(packet& what, const json::value& position, const std::string& reason,
                std::uint64_t number) override;
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait) override;
    void acknowledged(const std::vector<json::value>&) override { source_.acknowledged(); }
    std::optional<json::value> load_state(std::string_view key) override;
    void save_state(std::string_view key, const json::value& value) override;
    [[nodiscard]] std::string data_directory() const override { return of_.lane.data().directory; }
    void log(severity level, std::string_view text) noexcept override;
    [[nodiscard]] std::uint32_t received() const noexcept override { return inputs_.received(); }

private:
    void work();
    void work_on();
    void recover(std::string reason);
    void recover_from_loss(std::string why, std::chrono::milliseconds retry_after);

    const node_setting of_;
    node_inputs inputs_;
    node_fiber fiber_;
    node_probe probe_;
    node_source source_;
    node_retry retry_;
    node_outputs outputs_;
    settlement settlement_;
    node_receive receive_;
    node_instance instance_;
    node_restart restart_;
    node_resources resources_;
    node_state state_;
};

} // namespace penstock::host
