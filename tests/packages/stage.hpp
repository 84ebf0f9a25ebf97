// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/packages/catalogue.hpp"
#include "tests/host/engine/bench.hpp"
#include "tests/packages/samples.hpp"

#include <penstock/testing/run.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::tests
{

/// A directory of its own, which is the working directory and holds the data directory while this
/// lives.
class workplace
{
public:
    workplace();
    ~workplace();
    workplace(const workplace&) = delete;
    workplace& operator=(const workplace&) = delete;

    /// How many files and folders there are, but for the data directory itself.
    [[nodiscard]] std::size_t files() const;

private:
    std::filesystem::path before_;
    std::filesystem::path path_;
    std::optional<testing::data_directory> given_; // of runs on this thread
};

/// The standard output, redirected into the file `stdout` while this lives.
class captured_output
{
public:
    captured_output();
    ~captured_output();
    captured_output(const captured_output&) = delete;
    captured_output& operator=(const captured_output&) = delete;

private:
    int before_;
};

/// A packet as text, without its id and how often it came, which differ from run to run.
[[nodiscard]] std::string text_of(const packet& packet);

/// The first media type that an adapter accepts, with a name for what it leaves open.
[[nodiscard]] std::string media_of(const component_type& type);

/// A publisher that collects packets as text, behind a word that says where they came from. With
/// a gate it first waits for the resource `gate`.
class collector final : public component
{
public:
    enum class gate
    {
        open,
        closed
    };

    collector(collected& into, std::string word, gate gate = gate::open)
        : into_(into), word_(std::move(word)), gate_(gate)
    {
    }

private:
    input in{*this, "in"};
    collected& into_;
    const std::string word_;
    const gate gate_;

    void run() override
    {
        if (gate_ == gate::closed)
            exclusive("gate");
        while (auto packet = in.receive())
        {
            into_.add(word_ + ' ' + text_of(*packet));
            deliver(std::move(*packet));
        }
    }
};

/// Makes fresh instances of a component with its parameters.
[[nodiscard]] plan_builder::maker maker_of(std::shared_ptr<const component_type> type,
                                           json::object params);

/// One component in the middle of a graph of its own: a door before it unless it is one, and a
/// collector behind each of its outputs.
class stage
{
public:
    stage(const component_type& type, const exercise& how,
          collector::gate gate = collector::gate::open);
    ~stage();

    /// Starts it, or exchanges what runs for a new version of the same.
    void deploy(std::size_t lanes);

    /// The same with a closed gate opened for the new version.
    void deploy_with_open_gate(std::size_t lanes);

    /// Pushes a request of one to three sample packets.
    void push(std::size_t request);

    /// Pushes a request of one packet; `trigger` if it is one.
    void push(packet content, bool trigger = false);

    /// Pushes a request of these packets.
    void push(std::vector<packet> contents);

    /// Waits until all that was pushed is done; returns whether it is.
    [[nodiscard]] bool settle() { return bench_.settle(); }

    /// What became of each request that was pushed, in order, and its replies.
    [[nodiscard]] std::vector<std::string> fates() const;

    [[nodiscard]] const std::vector<std::shared_ptr<const receipt>>& receipts() const
    {
        return receipts_;
    }

    /// What the component has counted of one kind: `sent`, `delivered`, `restarts`…
    [[nodiscard]] std::size_t count(std::string_view what) const;

    /// How often the component was started anew.
    [[nodiscard]] std::size_t restarts() const { return count("restarts"); }

    /// How many packets wait on edges.
    [[nodiscard]] std::size_t queued() const;

    [[nodiscard]] collected& got() { return got_; }
    [[nodiscard]] tests::bench& bench() { return bench_; }

private:
    [[nodiscard]] plan_builder plan(collector::gate gate);
    void submit(std::unique_ptr<entry> made);

    std::shared_ptr<const component_type> type_;
    const exercise& how_;
    const collector::gate gate_;
    collected got_;
    std::vector<std::shared_ptr<const receipt>> receipts_;
    // Last: its lanes use the rest.
    tests::bench bench_{{}, (std::filesystem::current_path() / "data").string()};
};

/// What is left of some requests, as sorted texts: what came out, what was published, and the
/// receipts.
struct outcome
{
    std::vector<std::string> results;
    bool settled = false;
    std::size_t left = 0; ///< pending after the stop
    std::vector<std::string> log;
};

/// Runs the component over so many requests, with a new version in the middle if asked.
enum class exchange
{
    none,
    in_the_middle
};

[[nodiscard]] outcome run_requests(const component_type& type, const exercise& how,
                                   std::size_t requests, std::size_t lanes,
                                   exchange exchange = exchange::none);

} // namespace penstock::host::tests
