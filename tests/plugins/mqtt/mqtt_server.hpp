// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "brokers/local_server.hpp"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

struct mosquitto;
struct mosquitto_message;
struct mqtt5__property;

/// A message of MQTT, as tests publish and read it.
struct topic_text
{
    std::string body;
    std::string topic{};
    std::string type{};                        ///< of the content
    std::map<std::string, std::string> more{}; ///< user properties
    bool is_retained = false;
    int quality = 1;
};

/// A broker, Mosquitto, that keeps sessions when it is ended. Started by start(), killed with its
/// object.
class mqtt_server
{
public:
    /// `more` are further lines of its configuration.
    explicit mqtt_server(std::string more = {}) : server_("mosquitto"), more_(std::move(more)) {}

    /// Starts it, unless it runs, with what it had; returns when it listens.
    void start();

    void kill() { server_.kill(); }
    void terminate() { server_.terminate(); }
    void pause() { server_.pause(); }
    void resume() { server_.resume(); }

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] std::string url() const;

    /// Has it show itself with copies of a certificate at another port, from the next start on.
    void secure(const std::string& certificate, const std::string& key);

    /// The address of that.
    [[nodiscard]] std::string secure_url(const std::string& host = "localhost") const;

    /// Publishes messages, and returns when all are confirmed.
    void put(const std::vector<topic_text>& messages) const;

    /// Publishes `{"n": BEGIN}` to `{"n": END - 1}`, with an id each.
    void put_numbers(const std::string& topic, int begin, int end) const;

    /// Makes a session that keeps the messages of a topic, without those of an earlier one, and
    /// leaves it.
    void subscribe(const std::string& client, const std::string& topic) const;

private:
    local_server server_;
    penstock::host::http::testing::reserved_port secure_port_;
    std::string more_;
};

/// Who hears all messages of a topic, and connects again by itself.
class mqtt_listener
{
public:
    mqtt_listener(const mqtt_server& of, const std::string& topic);
    ~mqtt_listener();
    mqtt_listener(const mqtt_listener&) = delete;
    mqtt_listener& operator=(const mqtt_listener&) = delete;

    /// All that were heard.
    [[nodiscard]] std::vector<topic_text> heard() const;

    /// Waits until there are so many; returns all.
    [[nodiscard]] std::vector<topic_text> await(std::size_t count) const;

private:
    static void on_message(mosquitto*, void* self, const mosquitto_message* message,
                           const mqtt5__property* properties);
    static void on_subscribe(mosquitto*, void* self, int, int, const int*, const mqtt5__property*);

    mutable std::mutex mutex_;
    mutable std::condition_variable news_;
    std::vector<topic_text> heard_;
    bool is_subscribed_ = false;
    mosquitto* handle_;
};

/// A broker that the tests of a program share; it runs until that ends.
[[nodiscard]] mqtt_server& shared_mqtt();

/// The same, without that it is started.
[[nodiscard]] mqtt_server& shared_mqtt_to_start();

/// A name of a topic, or of a client, that no other has.
[[nodiscard]] std::string fresh_topic();
