// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/state_store.hpp"
#include "host/engine/running_graph.hpp"
#include "host/journal/memory_journal.hpp"
#include "tests/host/engine/plan_builder.hpp"

#include <penstock/sdk.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

using namespace std::chrono_literals;

/// Keeps states in memory, and refuses to while it is told to.
class kept_states final : public state_store
{
public:
    std::optional<std::string> load(const std::string& graph, const std::string& node,
                                    std::string_view key = {}) const override
    {
        std::lock_guard lock(mutex_);
        const auto found = texts_.find(graph + '/' + node + '/' + std::string(key));
        return found == texts_.end() ? std::nullopt : std::optional(found->second);
    }

    void save(const std::string& graph, const std::string& node, const std::string& text,
              std::string_view key = {}) const override
    {
        std::lock_guard lock(mutex_);
        if (is_full)
            throw std::runtime_error("the disk is full");
        texts_[graph + '/' + node + '/' + std::string(key)] = text;
    }

    std::atomic<bool> is_full{false};

private:
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::string> texts_;
};

/// A graph with all it needs to run, and a way to push entries and wait for their receipts.
class bench
{
public:
    /// `data` is where components may keep files; empty: nowhere.
    explicit bench(quota_limits limits = {}, std::string data = {})
        : data_(std::move(data)), graph("test", limits, services())
    {
    }

    /// Runs on a journal of the test's own, where an earlier run may have left something.
    explicit bench(host::journal& kept, quota_limits limits = {})
        : journal(kept), graph("test", limits, services(), left_in(kept))
    {
    }

    /// Runs after a crash that left a suspicion; `watched` hears what runs.
    bench(supervise::suspicion left, supervise::inflight& watched)
        : threads(&watched), graph("test", {}, services(), {}, std::move(left))
    {
    }

    ~bench() { graph.stop(0ms); }

    graph_services services()
    {
        return {journal,
                receipts,
                {pool, resources, threads, {}, {&states, data_}},
                [this](severity, std::string_view, std::string_view node, std::string_view text)
                { log.add(std::string(node) + ": " + std::string(text)); }};
    }

    /// Deploys with one lane unless told otherwise; throws if it does not start.
    void deploy(const plan_builder& plan, std::size_t lanes = 1,
                std::chrono::milliseconds drain = 30s)
    {
        if (const auto error = graph.deploy(plan.build(), lanes, drain))
            throw std::runtime_error(*error);
    }

    static std::unique_ptr<entry> make_entry(std::string data, std::string media = "text/plain")
    {
        auto made = std::make_unique<entry>();
        packet content;
        made->bytes = data.size() + 100;
        if (!media.empty())
        {
            content.set("text", data);
            content.set_data(bytes(std::move(data)));
        }
        made->packets.push_back({std::move(content), media});
        return made;
    }

    /// Pushes one entry whose packet has the data, also as field `text`.
    admission push(std::string data, std::string key = {})
    {
        auto made = make_entry(std::move(data));
        made->key = std::move(key);
        return push(std::move(made));
    }

    admission push(std::unique_ptr<entry> made, std::shared_ptr<const receipt>* issued = nullptr)
    {
        made->done = [this](const receipt&)
        {
            std::lock_guard lock(mutex_);
            ++done_;
            changed_.notify_all();
        };
        {
            std::lock_guard lock(mutex_);
            ++pushed_;
        }
        const admission answer = graph.submit(made, issued);
        if (answer != admission::accepted)
        {
            std::lock_guard lock(mutex_);
            --pushed_;
        }
        return answer;
    }

    /// Waits until every receipt is done; returns whether they are.
    bool settle(std::chrono::seconds most = 30s)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, most, [&] { return done_ == pushed_; });
    }

    /// The dead letters, the newest first.
    std::vector<dead_letter> dead_letters() { return journal.kept().dead_letters({}, 100'000, {}); }

private:
    const std::string data_;

public:
    memory_journal in_memory;
    host::journal& journal = in_memory;
    host::receipts receipts{journal};
    host::resources resources;
    kept_states states;
    blocking_pool pool;
    collected log;
    supervise::inflight* threads = nullptr;
    running_graph graph;

private:
    static pending_of_graph left_in(host::journal& kept)
    {
        for (const pending_of_graph& each : kept.kept().pending())
            if (each.graph == "test")
                return each;
        return {};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t pushed_ = 0;
    std::size_t done_ = 0;
};

} // namespace penstock::host::tests
