// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/graph_record.hpp"
#include "tests/host/engine/graphs/random_graph.hpp"

#include <penstock/sdk.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// Files by which nodes of another process meet what is no doing of theirs; empty: none.
struct random_accidents
{
    std::string away{};  ///< what the node works with is away while the file is there
    std::string crash{}; ///< the node crashes once the file is there, and removes it
};

/// What the components of random graphs share. Who makes one says which node it is before it runs.
class random_part
{
public:
    /// `record` outlives the component.
    void be(std::size_t number, const random_node& node, graph_record& record)
    {
        number_ = number;
        node_ = node;
        record_ = &record;
    }
    void meet(random_accidents accidents) { accidents_ = std::move(accidents); }

protected:
    /// Throws if what the node works with is away.
    void ask() const;

    /// Counts a packet; tells how often one of that value was received.
    std::uint64_t received(const packet& what) const;

    /// Returns whether a packet that was received so often throws at this try, if it is chosen.
    [[nodiscard]] bool throws_at(std::uint64_t try_number, std::uint64_t value) const
    {
        return raises_always(node_, value) || try_number < node_.attempts;
    }

    void delivered(const packet& what) const;

    std::size_t number_ = 0;
    random_node node_;
    graph_record* record_ = nullptr;

private:
    random_accidents accidents_;
};

/// Makes as many packets as its request wants: `REQUEST COUNT`.
class random_adapter : public component, public random_part
{
    accepts types{*this, {"text/plain"}};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override;
};

/// Works on each packet by itself; a publisher has an output that is never used.
class random_worker : public component, public random_part
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override;
    void work_on(batch&& packets);
    void work_on(packet&& taken, std::uint64_t try_number);
    void join_back(packet&& held, std::uint64_t value);
};

/// Keeps packets across receives, in the instance or on the stack of run().
class random_window : public component, public random_part
{
public:
    ~random_window() override;

private:
    input in{*this, "in"};
    output out{*this, "out"};
    std::vector<packet> kept_;

    void run() override;
    void send(std::vector<packet>& window);
};

class random_group : public component, public random_part
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override;
};

/// Publishes in batches, and marks some items.
class random_publisher : public publisher, public random_part
{
public:
    random_publisher();

private:
    void connect() override { ask(); }
    void write(batch& items) override;
    bool mark_chosen(std::size_t item, std::uint64_t value, std::uint64_t try_number, bool& throws);
};

/// Makes the component of a node; `record` outlives it.
[[nodiscard]] std::unique_ptr<component>
make_random_component(std::size_t number, const random_node& node, graph_record& record);

} // namespace penstock::host::tests
