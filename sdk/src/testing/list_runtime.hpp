// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "feed.hpp"
#include "output_slots.hpp"
#include "packet_ends.hpp"
#include "run_lineage.hpp"

#include <penstock/component.hpp>
#include <penstock/detail/destruction.hpp>
#include <penstock/detail/held_packet.hpp>
#include <penstock/detail/runtime.hpp>
#include <penstock/testing/run.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::testing
{

/// Carries one lane of a component over its packets, on the caller's thread.
class list_runtime final : public detail::runtime
{
public:
    using clock = std::chrono::steady_clock;

    /// Makes configured instances; without one the component is never replaced. Throws
    /// std::invalid_argument for packets of an unknown input.
    list_runtime(maker make, component* lasting, timed_inputs&& packets, const conditions& how,
                 result& into);
    ~list_runtime() override;

    void start();

    /// An instance that belongs to the run is destroyed, and what it holds then ends too.
    void run();

    // detail::runtime
    detail::arrival refill(input& port, const detail::wait& wait) override;
    void make_room(output& port) override;
    void consumed(const packet& packet) noexcept override { held_.let_go(packet); }
    [[nodiscard]] std::uint32_t received() const noexcept override;
    void hand_back(packet&& packet) noexcept override;
    void hand_back_outside(packet&& packet) noexcept override;
    void deliver(packet&& packet) override;
    void drop(packet&& packet) override;
    void fail(packet&& packet, std::string reason) override;
    void retry(packet&& packet, std::string reason) override;
    void threw(std::string reason) override;
    void away(std::string why, std::chrono::milliseconds retry_after) override;
    [[nodiscard]] bool is_away() const noexcept override { return false; }
    void reply(const packet& packet) override;
    bool admit(output& port, packet& what, const json::value& position,
               std::uint64_t number) override;
    bool refuse(packet& what, const json::value& position, const std::string& reason,
                std::uint64_t number) override;
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait) override;
    void acknowledged(const std::vector<json::value>& positions) override;
    std::optional<json::value> load_state(std::string_view key) override;
    void save_state(std::string_view key, const json::value& value) override;
    [[nodiscard]] std::string data_directory() const override;
    void blocking(detail::callable work) override;
    void wait_until(clock::time_point when) override { now_ = std::max(now_, when); }
    [[nodiscard]] clock::time_point now() const noexcept override { return now_; }
    void acquire(std::string_view /*resource*/) override {}
    void log(severity /*level*/, std::string_view text) noexcept override
    {
        result_.log.emplace_back(text);
    }

private:
    struct share
    {
        run_lineage* const receipts = new run_lineage;
        share() { receipts->retain(); }
        share(const share&) = delete;
        share& operator=(const share&) = delete;
        ~share() { receipts->release(); }
    };

    [[nodiscard]] component& instance() noexcept { return lasting_ ? *lasting_ : *owned_; }
    [[nodiscard]] detail::component_members& members() noexcept
    {
        return detail::component_access::members(instance());
    }

    void refuse_unknown(const timed_inputs& packets) const;
    void connect();
    void work();
    void recover(const std::string& reason);
    void end_instance(bool is_last);
    [[nodiscard]] bool is_exhausted() const noexcept;
    [[nodiscard]] bool may_recover() noexcept;
    void refuse_while_lent() const
    {
        if (open_ != nullptr)
            detail::port_access::refuse_while_lent(*open_);
    }
    void close_span();
    void take_spans();
    void collect(output& port);

    const maker make_;
    component* const lasting_; // one that outlives the run, or null
    const conditions& how_;
    result& result_;
    const share share_;
    const clock::time_point begin_ = clock::now();
    clock::time_point now_ = begin_;
    detail::component_ptr owned_;
    std::vector<std::string> names_of_inputs_;
    std::vector<bool> wired_;
    std::deque<feed> feeds_;
    packet_ends ends_;
    detail::held_packet held_;         // in its last attempt
    std::vector<std::uint64_t> ended_; // of a source
    unsigned idle_waits_ = 0;
    bool gathers_batch_ = false; // since the last receive
    std::size_t throws_ = 0;
    std::uint32_t last_throw_ = 0; // received by then
    input* open_ = nullptr;        // the input that has a span
    const packet* span_begin_ = nullptr;
    std::uint32_t received_ = 0;        // before that span
    std::optional<output_slots> slots_; // once the outputs are known
};

} // namespace penstock::testing
