// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "assigned_partitions.hpp"
#include "client.hpp"
#include "open_offsets.hpp"
#include "partition_pauses.hpp"
#include "received_message.hpp"
#include "received_queue.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace kafka_package
{

/// How a consumer reads.
struct consumer_settings
{
    std::vector<std::string> topics;
    bool begins_at_end = false;    ///< where its group has committed nothing
    std::size_t most_messages = 0; ///< that wait to be taken
    std::size_t most_bytes = 0;    ///< of them
};

/// A member of a consumer group. A thread of its own attends to it: whatever becomes of the
/// messages, the group hears signs of life, and partitions are given and taken. [the thread that
/// made it, unless said otherwise]
class consumer
{
public:
    /// Joins the group. Throws std::invalid_argument for settings that the library refuses.
    consumer(const client_settings& with, consumer_settings how);
    /// Leaves the group, unless the brokers are away. Blocks: for half a second at most for that, a
    /// second for a last commit, and until the library has ended its threads, which may take some
    /// seconds where brokers do not answer.
    ~consumer();
    consumer(const consumer&) = delete;
    consumer& operator=(const consumer&) = delete;

    /// Asks the brokers about the topics. Blocks, for a time at most for all. Throws kafka_error
    /// unless all are there and may be read. [any thread]
    void check(std::chrono::milliseconds time);

    /// Waits until the group has given it partitions, or none, and it has heard of each whether
    /// there is a message, for a time at most; returns whether it has. [any thread]
    [[nodiscard]] bool await_begin(std::chrono::milliseconds time);

    /// Takes messages, at most so many; waits until there is one, for a time at most. Messages of a
    /// partition that was taken away are not given. Throws kafka_error while brokers, group or a
    /// topic are away. [any thread]
    [[nodiscard]] std::vector<received_message> take(std::size_t most,
                                                     std::chrono::milliseconds time);

    /// Commits how far partitions have come, unless they were taken away meanwhile. Never blocks.
    void commit(const std::vector<low_water>& ended);

    /// Waits until all of that is committed, for a time at most; returns whether it is. [any thread]
    [[nodiscard]] bool await_committed(std::chrono::milliseconds time);

    /// Why it cannot go on at present; empty: it can.
    [[nodiscard]] std::string trouble() const;

    /// Whether a connection was lost since brokers were heard last: check() finds out what that
    /// means.
    [[nodiscard]] bool is_in_doubt() const { return !client_.trouble().empty(); }

    /// What happened so often.
    struct counts
    {
        std::uint64_t rebalances = 0; ///< partitions were given or taken
        std::uint64_t pauses = 0;     ///< it stood still because nobody took its messages
    };

    [[nodiscard]] counts counted() const;

    /// Whether it can be used no more, and another one is to be made.
    [[nodiscard]] bool is_over() const;

private:
    using clock = std::chrono::steady_clock;

    static void on_rebalance(rd_kafka_t* from, rd_kafka_resp_err_t what,
                             rd_kafka_topic_partition_list_t* partitions, void* opaque);
    static void on_commit(rd_kafka_t* from, rd_kafka_resp_err_t error,
                          rd_kafka_topic_partition_list_t* offsets, void* opaque);
    static void on_last_commit(rd_kafka_t* from, rd_kafka_resp_err_t error,
                               rd_kafka_topic_partition_list_t* offsets, void* opaque);
    void give(rd_kafka_topic_partition_list_t& partitions);
    void take_away(rd_kafka_topic_partition_list_t& partitions);
    void commit_last(const rd_kafka_topic_partition_list_t& of);
    void note_committed(rd_kafka_resp_err_t error, const rd_kafka_topic_partition_list_t* offsets);

    void work();
    void pace();
    void receive();
    void note_error(const rd_kafka_message_t& what);
    void send_commits();
    [[nodiscard]] std::string trouble_now() const;
    [[nodiscard]] bool has_begun() const;

    const consumer_settings how_;
    client client_;

    mutable std::mutex mutex_;
    std::condition_variable news_;
    std::condition_variable room_;
    received_queue messages_;
    assigned_partitions partitions_;
    counts counted_;
    bool is_assigned_ = false;   // what the group has given, if anything
    bool is_committing_ = false; // and is to hear of it
    clock::time_point next_commit_;
    bool ends_ = false;
    bool is_over_ = false;
    std::string trouble_; // of group and topics; empty: there is none

    partition_pauses pauses_; // [the own thread]
    std::thread thread_;      // last: it uses the rest
};

} // namespace kafka_package
