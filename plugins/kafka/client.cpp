// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "client.hpp"

#include "../packets/one_line.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace kafka_package
{
namespace
{

using configuration = std::unique_ptr<rd_kafka_conf_t, void (*)(rd_kafka_conf_t*)>;
using topic_handle = std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)>;

void set(rd_kafka_conf_t& into, const std::string& name, const std::string& value)
{
    std::array<char, 512> why{};
    if (rd_kafka_conf_set(&into, name.c_str(), value.c_str(), why.data(), why.size()) !=
        RD_KAFKA_CONF_OK)
        throw std::invalid_argument(packets::one_line(why.data()));
}

// What it says is in the errors too, and a host's log is not the library's.
void ignore_log(const rd_kafka_t*, int, const char*, const char*) {}

} // namespace

kafka_error::kafka_error(rd_kafka_resp_err_t code, const std::string& about)
    : std::runtime_error((about.empty() ? "" : about + ": ") +
                         packets::one_line(rd_kafka_err2str(code)))
{
}

client::client(rd_kafka_type_t kind, const client_settings& with, const preparation& prepare,
               void* owner)
    : owner_(owner)
{
    configuration settings(rd_kafka_conf_new(), rd_kafka_conf_destroy);
    for (const auto& [name, value] : with)
        set(*settings, name, value);
    rd_kafka_conf_set_opaque(settings.get(), this);
    rd_kafka_conf_set_error_cb(settings.get(), on_error);
    rd_kafka_conf_set_log_cb(settings.get(), ignore_log);
    prepare(*settings);
    std::array<char, 512> why{};
    handle_ = rd_kafka_new(kind, settings.get(), why.data(), why.size());
    if (handle_ == nullptr)
        throw std::invalid_argument(packets::one_line(why.data()));
    (void)settings.release(); // the client has it
}

client::~client()
{
    if (rd_kafka_type(handle_) == RD_KAFKA_PRODUCER)
        rd_kafka_purge(handle_, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                    RD_KAFKA_PURGE_F_NON_BLOCKING);
    rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void* client::owner_of(void* opaque)
{
    return static_cast<client*>(opaque)->owner_;
}

void client::check_topics(const std::vector<std::string>& topics, std::chrono::milliseconds time)
{
    using clock = std::chrono::steady_clock;
    const clock::time_point deadline = clock::now() + time;
    for (const std::string& each : topics)
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        check_topic(each, std::max(left, std::chrono::milliseconds(1)), time);
    }
}

void client::check_topic(const std::string& topic, std::chrono::milliseconds left,
                         std::chrono::milliseconds of)
{
    topic_handle about(nullptr, rd_kafka_topic_destroy);
    if (!topic.empty())
        about.reset(rd_kafka_topic_new(handle_, topic.c_str(), nullptr));
    if (!topic.empty() && about == nullptr)
        throw kafka_error(rd_kafka_last_error(), topic);
    const rd_kafka_metadata_t* found = nullptr;
    const rd_kafka_resp_err_t code =
        rd_kafka_metadata(handle_, 0, about.get(), &found, static_cast<int>(left.count()));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    {
        if (rd_kafka_type(handle_) == RD_KAFKA_PRODUCER)
            rd_kafka_poll(handle_, 0); // for what the library complains of
        const bool is_silence =
            code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT;
        throw kafka_error(with_trouble(is_silence ? "no broker has answered within " +
                                                        std::to_string(of.count()) + " ms"
                                                  : packets::one_line(rd_kafka_err2str(code))));
    }
    const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> end(
        found, rd_kafka_metadata_destroy);
    if (topic.empty())
        return;
    const std::span topics(found->topics, static_cast<std::size_t>(found->topic_cnt));
    const auto said = std::ranges::find_if(topics, [&](const rd_kafka_metadata_topic_t& each)
                                           { return topic == each.topic; });
    if (said == topics.end())
        throw kafka_error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, topic);
    if (said->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        throw kafka_error(said->err, topic);
}

bool client::is_away() const
{
    const std::lock_guard lock(mutex_);
    return is_away_;
}

std::string client::trouble() const
{
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void client::clear_trouble()
{
    const std::lock_guard lock(mutex_);
    trouble_.clear();
    is_away_ = false;
}

std::string client::with_trouble(const std::string& what) const
{
    const std::lock_guard lock(mutex_);
    return trouble_.empty() ? what : trouble_;
}

void client::on_error(rd_kafka_t*, int code, const char* why, void* opaque)
{
    auto& self = *static_cast<client*>(opaque);
    const std::lock_guard lock(self.mutex_);
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        self.is_away_ = true;
    if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || self.trouble_.empty())
        self.trouble_ = packets::one_line(why);
}

} // namespace kafka_package
