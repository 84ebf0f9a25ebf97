// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <librdkafka/rdkafka.h>

namespace kafka_package
{

/// The exception of brokers that are away or refuse what they are asked for.
class kafka_error : public std::runtime_error
{
public:
    explicit kafka_error(const std::string& why) : std::runtime_error(why) {}
    kafka_error(rd_kafka_resp_err_t code, const std::string& about);
};

/// Properties of the library by their names, which its documentation describes.
using client_settings = std::vector<std::pair<std::string, std::string>>;

/// A client of the library, with threads of its own that attend to its connections. Callbacks come
/// on the thread that polls it. [any thread]
class client
{
public:
    /// Adds callbacks to what a client is made of.
    using preparation = std::function<void(rd_kafka_conf_t&)>;

    /// Makes a producer or a consumer, which begins to connect. `owner` is what callbacks find by
    /// owner_of(). Throws std::invalid_argument for settings that the library refuses, as of
    /// certificates that cannot be read.
    client(rd_kafka_type_t kind, const client_settings& with, const preparation& prepare,
           void* owner);
    /// Ends it: messages that were not delivered are given up, and no group is left. Blocks until
    /// the library has ended its threads, which may take some seconds where brokers do not answer.
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    [[nodiscard]] rd_kafka_t* raw() const noexcept { return handle_; }

    /// The owner of the client to which a callback belongs, by the opaque pointer of that.
    [[nodiscard]] static void* owner_of(void* opaque);

    /// Asks the brokers about topics; about themselves, if one has no name. Blocks, for a time at
    /// most for all. Throws kafka_error unless all are there and may be seen.
    void check_topics(const std::vector<std::string>& topics, std::chrono::milliseconds time);

    /// Whether no broker has been reached since a connection was lost.
    [[nodiscard]] bool is_away() const;

    /// What the library has complained of last; empty: nothing.
    [[nodiscard]] std::string trouble() const;

    /// Notes that brokers are heard.
    void clear_trouble();

private:
    static void on_error(rd_kafka_t* from, int code, const char* why, void* opaque);
    void check_topic(const std::string& topic, std::chrono::milliseconds left,
                     std::chrono::milliseconds of);
    [[nodiscard]] std::string with_trouble(const std::string& what) const;

    void* const owner_;
    rd_kafka_t* handle_ = nullptr;

    mutable std::mutex mutex_;
    std::string trouble_;
    bool is_away_ = false;
};

} // namespace kafka_package
