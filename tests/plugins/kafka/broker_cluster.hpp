// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <librdkafka/rdkafka.h>

#include <librdkafka/rdkafka_mock.h>

/// A message as a test reads or writes it.
struct topic_message
{
    std::string body = {};
    std::string key = {}; ///< empty: none
    std::map<std::string, std::string> headers = {};
    std::int32_t partition = 0; ///< RD_KAFKA_PARTITION_UA: by the key
    std::int64_t offset = 0;
};

/// The brokers that librdkafka has for tests, on ports of 127.0.0.1, in threads of this process:
/// they speak the protocol of Kafka, keep messages in memory, and fail as they are told. Each
/// partition keeps its last 5 MB. Throws std::runtime_error when something fails.
class broker_cluster
{
public:
    explicit broker_cluster(int brokers = 3);
    ~broker_cluster();
    broker_cluster(const broker_cluster&) = delete;
    broker_cluster& operator=(const broker_cluster&) = delete;

    /// HOST:PORT, of each.
    [[nodiscard]] std::vector<std::string> addresses() const;

    /// Creates a topic under a name that no other has; returns the name.
    [[nodiscard]] std::string create_topic(int partitions = 1);
    void create_topic(const std::string& name, int partitions);

    /// Has one broker, or all (-1), end its connections and take none; and take some again.
    void stop(std::int32_t broker = -1);
    void go_on(std::int32_t broker = -1);

    /// Has the next requests of a kind answered with errors: 0 is to produce, 1 to fetch, 8 to
    /// commit. RD_KAFKA_RESP_ERR__TRANSPORT ends the connection.
    void fail_next(std::int16_t kind, const std::vector<rd_kafka_resp_err_t>& errors);

    /// Gives the leadership of a partition to a broker; -1: to none.
    void set_leader(const std::string& topic, std::int32_t partition, std::int32_t broker);

    /// Has requests about a topic answered with an error.
    void set_error(const std::string& topic, rd_kafka_resp_err_t error);

    /// Publishes messages, and waits until they are kept.
    void put(const std::string& topic, const std::vector<topic_message>& messages);
    /// The same, of bodies alone, to a partition.
    void put(const std::string& topic, const std::vector<std::string>& bodies,
             std::int32_t partition = 0);

    /// Reads all that a topic has, partition after partition.
    [[nodiscard]] std::vector<topic_message> read(const std::string& topic, int partitions = 1);
    /// The bodies.
    [[nodiscard]] std::vector<std::string> read_bodies(const std::string& topic,
                                                       int partitions = 1);

    /// How many messages a topic has.
    [[nodiscard]] std::int64_t size(const std::string& topic, int partitions = 1);

    /// What a group has committed for a partition; negative: nothing.
    [[nodiscard]] std::int64_t committed(const std::string& group, const std::string& topic,
                                         std::int32_t partition = 0);

    /// Joins a group and has it begin again at the first message of a topic with one partition.
    void rewind(const std::string& group, const std::string& topic);

private:
    using handle = std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)>;

    [[nodiscard]] handle
    make_client(rd_kafka_type_t kind,
                const std::vector<std::pair<std::string, std::string>>& more = {}) const;

    [[nodiscard]] rd_kafka_t* member_of(const std::string& group);

    handle owner_;
    rd_kafka_mock_cluster_t* cluster_ = nullptr;
    std::map<std::string, handle> groups_; // that ask what was committed
};

/// The cluster that the cases of a program share; its addresses are those of this run.
[[nodiscard]] broker_cluster& shared_cluster();
