// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/run/lane.hpp"
#include "host/run/plan.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

class deployment;

/// What a deployment asks of the graph it belongs to. [any lane's thread]
class deployment_owner : public entry_watcher
{
public:
    virtual bool offer(deployment& from, const source_packet& what) = 0;
    virtual bool keep_letters() = 0;
    virtual std::string bury(letter what) = 0;
    virtual void log(severity level, std::string_view node, std::string_view text) noexcept = 0;
    virtual void node_failed(std::string_view node, std::string_view reason) = 0;
    virtual std::shared_ptr<availability> availability_of(const std::string& node) = 0;

    /// Whether nodes are in careful mode, see suspects; lives as long as the graph.
    [[nodiscard]] virtual const std::atomic<bool>& careful() const noexcept = 0;
};

/// What all deployments share.
struct run_services
{
    blocking_pool& blocking;
    host::resources& resources;
    supervise::inflight* threads = nullptr; ///< where threads tell what they run; null: nowhere
    host::wait_limits wait_limits = {};
    run_data data = {};
};

/// Runs one version of a graph on its lanes, from construction until it has drained.
class deployment final : public lane_owner
{
public:
    deployment(std::uint64_t id, std::shared_ptr<const plan> plan, std::size_t lanes,
               deployment_owner& owner, run_services services);

    /// Joins the lanes; they were drained or cancelled before.
    ~deployment();

    /// Constructs and starts every component of every lane, one lane after the other; returns
    /// `node: what is wrong` if one throws, all ended again. Blocks.
    [[nodiscard]] std::optional<std::string> start();

    /// Lets the components run.
    void go();

    /// Gives an entry to the lane of its key, or the least loaded one; false, and the entry kept,
    /// if that has ended. [any thread]
    bool submit(std::unique_ptr<entry>& entry);

    /// Works off what was taken and ends the streams; with a successor, not what waits for something
    /// that is away. [any thread]
    void drain(bool has_successor);

    /// Ends at once; entries not done go back to the owner. [any thread]
    void cancel();

    /// Waits until all lanes have ended; tells whether they did.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

    /// The nodes that keep lanes from ending, as far as can be told. [any thread]
    [[nodiscard]] std::string stuck_in() const;

    /// Has somebody look at the packets of an edge, by its place in the plan. [any thread]
    void add_tap(std::size_t edge, const std::shared_ptr<tap>& viewer);

    /// Gives up the resources, those declared too; once ended.
    void release();

    [[nodiscard]] const host::plan& plan() const noexcept { return *plan_; }
    [[nodiscard]] const std::vector<std::unique_ptr<lane>>& lanes() const noexcept
    {
        return lanes_;
    }

private:
    void finished(std::unique_ptr<entry> done, receipt_result result) noexcept override;
    void abandoned(std::unique_ptr<entry> pending) noexcept override;
    bool offer(const source_packet& what) override;
    bool keep_letters() override;
    [[nodiscard]] const run_data& data() const noexcept override { return services_.data; }
    std::string bury(letter what) override;
    void log(severity level, std::string_view node, std::string_view text) noexcept override;
    void node_failed(std::string_view node, std::string_view reason) override;
    blocking_pool& blocking() noexcept override { return services_.blocking; }
    supervise::inflight* threads() noexcept override { return services_.threads; }
    bool acquire(std::string_view resource, std::function<void()> granted) override;
    std::string claim(std::string_view resource) override;
    [[nodiscard]] std::string holder_of(std::string_view resource) const override;
    [[nodiscard]] host::wait_limits wait_limits() const noexcept override
    {
        return services_.wait_limits;
    }
    std::shared_ptr<availability> availability_of(const std::string& node) override;
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept override
    {
        return owner_.careful();
    }

    const std::uint64_t id_;
    const std::shared_ptr<const host::plan> plan_;
    deployment_owner& owner_;
    const run_services services_;
    std::vector<std::unique_ptr<lane>> lanes_;
};

} // namespace penstock::host
