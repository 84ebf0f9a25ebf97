// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "broker_server.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Three brokers, RabbitMQ, in one cluster: one that hangs is given up after some 10 s, and one that
/// sees no other one stands still.
class broker_nodes
{
public:
    static constexpr std::size_t count = 3;

    /// Starts them, one after the other.
    broker_nodes();

    [[nodiscard]] broker_server& node(std::size_t number) { return *nodes_.at(number); }

    /// `amqp://HOST:PORT`, of each.
    [[nodiscard]] std::vector<std::string> urls() const;

    /// Declares a quorum queue with a member on each node. It is deleted with the cluster.
    void declare(const std::string& queue);

    /// The node on which a queue has its leader, by what one that runs knows; nothing: it knows
    /// none.
    [[nodiscard]] std::optional<std::size_t> leader_of(const std::string& queue,
                                                       std::size_t asked) const;

private:
    std::array<std::unique_ptr<broker_server>, count> nodes_;
};
