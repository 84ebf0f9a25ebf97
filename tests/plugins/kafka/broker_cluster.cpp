// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_cluster.hpp"

#include <array>
#include <chrono>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

namespace
{

using topic_handle = std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)>;
using message_handle = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;
using partition_list =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;

constexpr int patience = 20'000; // ms

void require(rd_kafka_resp_err_t code)
{
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        throw std::runtime_error(rd_kafka_err2str(code));
}

topic_message message_of(const rd_kafka_message_t& from)
{
    topic_message made;
    made.body.assign(static_cast<const char*>(from.payload), from.len);
    if (from.key != nullptr)
        made.key.assign(static_cast<const char*>(from.key), from.key_len);
    made.partition = from.partition;
    made.offset = from.offset;
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&from, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return made;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
        made.headers[name].assign(static_cast<const char*>(value), size);
    return made;
}

void count_failures(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
{
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        ++*static_cast<int*>(opaque);
}

void ignore_log(const rd_kafka_t*, int, const char*, const char*) {}

} // namespace

broker_cluster::broker_cluster(int brokers) : owner_(nullptr, rd_kafka_destroy)
{
    std::array<char, 512> why{};
    rd_kafka_conf_t* const settings = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(settings, ignore_log);
    owner_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, settings, why.data(), why.size()));
    if (owner_ == nullptr)
        throw std::runtime_error(why.data());
    cluster_ = rd_kafka_mock_cluster_new(owner_.get(), brokers);
    if (cluster_ == nullptr)
        throw std::runtime_error("the brokers of librdkafka do not start");
}

broker_cluster::~broker_cluster()
{
    groups_.clear();
    rd_kafka_mock_cluster_destroy(cluster_);
}

std::vector<std::string> broker_cluster::addresses() const
{
    std::istringstream all(rd_kafka_mock_cluster_bootstraps(cluster_));
    std::vector<std::string> list;
    for (std::string each; std::getline(all, each, ',');)
        list.push_back(each);
    return list;
}

std::string broker_cluster::create_topic(int partitions)
{
    static int count = 0;
    const std::string name = "topic-" + std::to_string(::getpid()) + '-' + std::to_string(++count);
    create_topic(name, partitions);
    return name;
}

void broker_cluster::create_topic(const std::string& name, int partitions)
{
    require(rd_kafka_mock_topic_create(cluster_, name.c_str(), partitions, 1));
}

void broker_cluster::stop(std::int32_t broker)
{
    require(rd_kafka_mock_broker_set_down(cluster_, broker));
}

void broker_cluster::go_on(std::int32_t broker)
{
    require(rd_kafka_mock_broker_set_up(cluster_, broker));
}

void broker_cluster::fail_next(std::int16_t kind, const std::vector<rd_kafka_resp_err_t>& errors)
{
    rd_kafka_mock_push_request_errors_array(cluster_, kind, errors.size(), errors.data());
}

void broker_cluster::set_leader(const std::string& topic, std::int32_t partition,
                                std::int32_t broker)
{
    require(rd_kafka_mock_partition_set_leader(cluster_, topic.c_str(), partition, broker));
}

void broker_cluster::set_error(const std::string& topic, rd_kafka_resp_err_t error)
{
    rd_kafka_mock_topic_set_error(cluster_, topic.c_str(), error);
}

broker_cluster::handle
broker_cluster::make_client(rd_kafka_type_t kind,
                            const std::vector<std::pair<std::string, std::string>>& more) const
{
    std::array<char, 512> why{};
    rd_kafka_conf_t* const settings = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(settings, ignore_log);
    const auto set = [&](const std::string& name, const std::string& value)
    {
        if (rd_kafka_conf_set(settings, name.c_str(), value.c_str(), why.data(), why.size()) !=
            RD_KAFKA_CONF_OK)
            throw std::runtime_error(why.data());
    };
    set("bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_));
    for (const auto& [name, value] : more)
        set(name, value);
    if (kind == RD_KAFKA_PRODUCER)
        rd_kafka_conf_set_dr_msg_cb(settings,
                                    [](rd_kafka_t* from, const rd_kafka_message_t* message, void*)
                                    { count_failures(from, message, message->_private); });
    handle made(rd_kafka_new(kind, settings, why.data(), why.size()), rd_kafka_destroy);
    if (made == nullptr)
        throw std::runtime_error(why.data());
    return made;
}

void broker_cluster::put(const std::string& topic, const std::vector<topic_message>& messages)
{
    const handle producer =
        make_client(RD_KAFKA_PRODUCER, {{"enable.idempotence", "true"}, {"linger.ms", "5"}});
    int failures = 0;
    for (const topic_message& each : messages)
    {
        rd_kafka_headers_t* headers = rd_kafka_headers_new(4);
        for (const auto& [name, value] : each.headers)
            rd_kafka_header_add(headers, name.c_str(), static_cast<ssize_t>(name.size()),
                                value.data(), static_cast<ssize_t>(value.size()));
        require(rd_kafka_producev(
            producer.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(each.partition),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_VALUE(const_cast<char*>(each.body.data()), each.body.size()),
            RD_KAFKA_V_KEY(each.key.empty() ? nullptr : each.key.data(), each.key.size()),
            RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(&failures), RD_KAFKA_V_END));
    }
    require(rd_kafka_flush(producer.get(), patience));
    if (failures != 0)
        throw std::runtime_error("messages were not kept");
}

void broker_cluster::put(const std::string& topic, const std::vector<std::string>& bodies,
                         std::int32_t partition)
{
    std::vector<topic_message> messages;
    for (const std::string& each : bodies)
    {
        messages.emplace_back().body = each;
        messages.back().partition = partition;
    }
    put(topic, messages);
}

std::vector<topic_message> broker_cluster::read(const std::string& topic, int partitions)
{
    const handle consumer =
        make_client(RD_KAFKA_CONSUMER, {{"group.id", "reader"}, {"enable.partition.eof", "true"}});
    partition_list all(rd_kafka_topic_partition_list_new(partitions),
                       rd_kafka_topic_partition_list_destroy);
    for (int i = 0; i < partitions; ++i)
        rd_kafka_topic_partition_list_add(all.get(), topic.c_str(), i)->offset =
            RD_KAFKA_OFFSET_BEGINNING;
    require(rd_kafka_assign(consumer.get(), all.get()));
    std::map<std::int32_t, std::vector<topic_message>> found;
    for (int ended = 0; ended < partitions;)
    {
        const message_handle message(rd_kafka_consumer_poll(consumer.get(), patience),
                                     rd_kafka_message_destroy);
        if (message == nullptr)
            throw std::runtime_error("no message comes");
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
            ++ended;
        else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
            found[message->partition].push_back(message_of(*message));
    }
    std::vector<topic_message> list;
    for (auto& [partition, messages] : found)
        list.insert(list.end(), messages.begin(), messages.end());
    return list;
}

std::vector<std::string> broker_cluster::read_bodies(const std::string& topic, int partitions)
{
    std::vector<std::string> bodies;
    for (topic_message& each : read(topic, partitions))
        bodies.push_back(std::move(each.body));
    return bodies;
}

std::int64_t broker_cluster::size(const std::string& topic, int partitions)
{
    std::int64_t all = 0;
    for (int i = 0; i < partitions; ++i)
    {
        std::int64_t first = 0;
        std::int64_t end = 0;
        require(rd_kafka_query_watermark_offsets(member_of("reader"), topic.c_str(), i, &first,
                                                 &end, patience));
        all += end;
    }
    return all;
}

std::int64_t broker_cluster::committed(const std::string& group, const std::string& topic,
                                       std::int32_t partition)
{
    partition_list asked(rd_kafka_topic_partition_list_new(1),
                         rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(asked.get(), topic.c_str(), partition);
    require(rd_kafka_committed(member_of(group), asked.get(), patience));
    return asked->elems[0].offset;
}

void broker_cluster::rewind(const std::string& group, const std::string& topic)
{
    const handle member =
        make_client(RD_KAFKA_CONSUMER, {{"group.id", group},
                                        {"enable.auto.commit", "false"},
                                        {"session.timeout.ms", "6000"},
                                        {"partition.assignment.strategy", "cooperative-sticky"}});
    partition_list first(rd_kafka_topic_partition_list_new(1),
                         rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(first.get(), topic.c_str(), 0)->offset = 0;
    require(rd_kafka_subscribe(member.get(), first.get()));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience);
    for (int assigned = 0; assigned == 0;)
    {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("the group lets nobody in");
        constexpr int slice = 50; // ms
        const message_handle any(rd_kafka_consumer_poll(member.get(), slice),
                                 rd_kafka_message_destroy);
        rd_kafka_topic_partition_list_t* list = nullptr;
        require(rd_kafka_assignment(member.get(), &list));
        assigned = list->cnt;
        rd_kafka_topic_partition_list_destroy(list);
    }
    require(rd_kafka_commit(member.get(), first.get(), 0));
    require(rd_kafka_consumer_close(member.get()));
}

// It does not join.
rd_kafka_t* broker_cluster::member_of(const std::string& group)
{
    auto found = groups_.find(group);
    if (found == groups_.end())
        found = groups_.emplace(group, make_client(RD_KAFKA_CONSUMER, {{"group.id", group}})).first;
    return found->second.get();
}

broker_cluster& shared_cluster()
{
    static broker_cluster all;
    return all;
}
