// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "received_message.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <vector>

namespace kafka_package
{

/// Up to where everything of a partition has ended.
struct low_water
{
    partition_name of;
    std::uint64_t assignment = 0; ///< by which its messages came
    std::int64_t next = 0;        ///< the offset behind them

    friend bool operator==(const low_water&, const low_water&) = default;
};

/// What a source has read and not forgotten, and how far each partition has come. A partition that
/// is assigned again gives again what was not committed; the host may have it still. [one thread]
class open_offsets
{
public:
    /// What is known of a message that came.
    enum class knowledge
    {
        nothing,  ///< it is new, or was forgotten: the host is to get it
        expected, ///< the host has it, and expects to be told of it once more
        under_way ///< the host has it
    };

    /// The position of a message: its topic, partition and offset.
    [[nodiscard]] static penstock::json::value position_of(const received_message& of);

    /// Notes that the host expects all that it has once more.
    void reconnect();

    /// Notes a message. Those of one assignment of a partition come in order.
    [[nodiscard]] knowledge arrive(const received_message& came);

    /// Notes that what was made of a message has ended; also twice.
    void end(const penstock::json::value& position);

    /// Forgets a message that has ended, as the host does.
    void forget(const penstock::json::value& position);

    /// Takes how far those partitions have come that have come farther, by their last assignments.
    [[nodiscard]] std::vector<low_water> take_ended();

    /// Whether everything that the host has, has ended.
    [[nodiscard]] bool have_all_ended() const noexcept;

    /// Whether the host has nothing.
    [[nodiscard]] bool empty() const noexcept;

private:
    struct delivery
    {
        std::int64_t offset;
        bool has_ended;
    };

    struct message
    {
        bool is_expected = false; ///< by the host, once more
        bool has_ended = false;
    };

    struct partition
    {
        std::uint64_t assignment = 0;
        std::deque<delivery> deliveries; ///< of this assignment, in order
        std::map<std::int64_t, message> under_way;
        std::set<std::int64_t> expected; ///< those that are forgotten and still expected
    };

    std::map<partition_name, partition> partitions_;
};

} // namespace kafka_package
