// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mqtt_server.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <unistd.h>

namespace
{

using namespace std::chrono_literals;
using mqtt_client = std::unique_ptr<mosquitto, void (*)(mosquitto*)>;

void require_mosquitto(int code)
{
    if (code != MOSQ_ERR_SUCCESS)
        throw std::runtime_error(std::string("mosquitto: ") + mosquitto_strerror(code));
}

mqtt_client mqtt_client_of(const std::string& id, bool is_kept, void* owner)
{
    static const int begun = mosquitto_lib_init();
    require_mosquitto(begun);
    mqtt_client fresh(mosquitto_new(id.empty() ? nullptr : id.c_str(), !is_kept, owner),
                      mosquitto_destroy);
    mosquitto_int_option(fresh.get(), MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    return fresh;
}

void connect_mqtt(mosquitto* with, std::uint16_t port)
{
    mqtt5__property* kept = nullptr;
    mosquitto_property_add_int32(&kept, MQTT_PROP_SESSION_EXPIRY_INTERVAL, 0xffffffff);
    const int code = mosquitto_connect_bind_v5(with, "127.0.0.1", port, 60, nullptr, kept);
    mosquitto_property_free_all(&kept);
    require_mosquitto(code);
}

template <class Condition>
void loop_mqtt_until(mosquitto* with, const Condition& is_done)
{
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!is_done())
    {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("mosquitto: no answer");
        require_mosquitto(mosquitto_loop(with, 10, 1));
    }
}

std::string taken_text(char* text)
{
    const std::unique_ptr<char, void (*)(void*)> end(text, std::free);
    return text == nullptr ? std::string() : std::string(text);
}

} // namespace

void mqtt_server::start()
{
    const std::string file = server_.write(
        "conf",
        "listener " + std::to_string(port()) +
            " 127.0.0.1\npersistence true\npersistence_location " + server_.path("") +
            "\nautosave_interval 1800\nmax_queued_messages 0\nmax_inflight_messages 0\n" +
            (more_.find("allow_anonymous") == std::string::npos ? "allow_anonymous true\n" : "") +
            more_);
    server_.start({"/usr/sbin/mosquitto", "-c", file}, [this] { return server_.listens(); });
}

std::string mqtt_server::url() const
{
    return "mqtt://127.0.0.1:" + std::to_string(port());
}

void mqtt_server::secure(const std::string& certificate, const std::string& key)
{
    more_ += "listener " + std::to_string(secure_port_.number()) + " 127.0.0.1\ncertfile " +
             server_.take_copy(certificate, "own.pem") + "\nkeyfile " +
             server_.take_copy(key, "own.key") + "\n";
}

std::string mqtt_server::secure_url(const std::string& host) const
{
    return "mqtts://" + host + ':' + std::to_string(secure_port_.number());
}

void mqtt_server::put(const std::vector<topic_text>& messages) const
{
    struct progress
    {
        bool is_in = false;
        std::size_t confirmed = 0;
    } so_far;
    const mqtt_client with = mqtt_client_of({}, false, &so_far);
    mosquitto_int_option(with.get(), MOSQ_OPT_SEND_MAXIMUM, 1000);
    mosquitto_publish_callback_set(with.get(), [](mosquitto*, void* of, int)
                                   { ++static_cast<progress*>(of)->confirmed; });
    mosquitto_connect_callback_set(with.get(), [](mosquitto*, void* of, int)
                                   { static_cast<progress*>(of)->is_in = true; });
    connect_mqtt(with.get(), port());
    loop_mqtt_until(with.get(), [&] { return so_far.is_in; }); // or the library sends some twice
    for (const topic_text& each : messages)
    {
        mqtt5__property* properties = nullptr;
        if (!each.type.empty())
            mosquitto_property_add_string(&properties, MQTT_PROP_CONTENT_TYPE, each.type.c_str());
        for (const auto& [name, value] : each.more)
            mosquitto_property_add_string_pair(&properties, MQTT_PROP_USER_PROPERTY, name.c_str(),
                                               value.c_str());
        const int code = mosquitto_publish_v5(with.get(), nullptr, each.topic.c_str(),
                                              static_cast<int>(each.body.size()), each.body.data(),
                                              each.quality, each.is_retained, properties);
        mosquitto_property_free_all(&properties);
        require_mosquitto(code);
    }
    loop_mqtt_until(with.get(), [&] { return so_far.confirmed == messages.size(); });
    mosquitto_disconnect(with.get());
}

void mqtt_server::put_numbers(const std::string& topic, int begin, int end) const
{
    std::vector<topic_text> all;
    for (int n = begin; n < end; ++n)
        all.push_back({.body = "{\"n\":" + std::to_string(n) + "}",
                       .topic = topic,
                       .type = "application/json",
                       .more = {{"message_id", "m" + std::to_string(n)}}});
    put(all);
}

void mqtt_server::subscribe(const std::string& id, const std::string& topic) const
{
    bool is_done = false;
    const mqtt_client with = mqtt_client_of(id, false, &is_done); // begins anew, and is kept
    mosquitto_subscribe_callback_set(with.get(), [](mosquitto*, void* done, int, int, const int*)
                                     { *static_cast<bool*>(done) = true; });
    connect_mqtt(with.get(), port());
    require_mosquitto(mosquitto_subscribe(with.get(), nullptr, topic.c_str(), 1));
    loop_mqtt_until(with.get(), [&] { return is_done; });
    mosquitto_disconnect(with.get());
}

mqtt_listener::mqtt_listener(const mqtt_server& of, const std::string& topic)
    : handle_(mqtt_client_of("listener-" + fresh_topic(), true, this).release())
{
    mosquitto_message_v5_callback_set(handle_, on_message);
    mosquitto_subscribe_v5_callback_set(handle_, on_subscribe);
    mosquitto_reconnect_delay_set(handle_, 1, 1, false);
    connect_mqtt(handle_, of.port());
    require_mosquitto(mosquitto_subscribe(handle_, nullptr, topic.c_str(), 1));
    require_mosquitto(mosquitto_loop_start(handle_));
    std::unique_lock lock(mutex_);
    if (!news_.wait_for(lock, 30s, [this] { return is_subscribed_; }))
        throw std::runtime_error("mosquitto: no answer");
}

mqtt_listener::~mqtt_listener()
{
    mosquitto_disconnect(handle_);
    mosquitto_loop_stop(handle_, true);
    mosquitto_destroy(handle_);
}

std::vector<topic_text> mqtt_listener::heard() const
{
    const std::lock_guard lock(mutex_);
    return heard_;
}

std::vector<topic_text> mqtt_listener::await(std::size_t count) const
{
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, 30s, [&] { return heard_.size() >= count; });
    return heard_;
}

void mqtt_listener::on_subscribe(mosquitto*, void* self, int, int, const int*,
                                 const mqtt5__property*)
{
    auto& of = *static_cast<mqtt_listener*>(self);
    const std::lock_guard lock(of.mutex_);
    of.is_subscribed_ = true;
    of.news_.notify_all();
}

void mqtt_listener::on_message(mosquitto*, void* self, const mosquitto_message* message,
                               const mqtt5__property* properties)
{
    auto& of = *static_cast<mqtt_listener*>(self);
    topic_text heard{.body = std::string(static_cast<const char*>(message->payload),
                                         static_cast<std::size_t>(message->payloadlen)),
                     .topic = message->topic};
    char* text = nullptr;
    mosquitto_property_read_string(properties, MQTT_PROP_CONTENT_TYPE, &text, false);
    heard.type = taken_text(text);
    char* name = nullptr;
    char* value = nullptr;
    for (const mqtt5__property* each = mosquitto_property_read_string_pair(
             properties, MQTT_PROP_USER_PROPERTY, &name, &value, false);
         each != nullptr; each = mosquitto_property_read_string_pair(each, MQTT_PROP_USER_PROPERTY,
                                                                     &name, &value, true))
    {
        const std::string key = taken_text(name);
        heard.more[key] = taken_text(value);
    }
    const std::lock_guard lock(of.mutex_);
    of.heard_.push_back(std::move(heard));
    of.news_.notify_all();
}

mqtt_server& shared_mqtt_to_start()
{
    static mqtt_server one;
    return one;
}

mqtt_server& shared_mqtt()
{
    shared_mqtt_to_start().start();
    return shared_mqtt_to_start();
}

std::string fresh_topic()
{
    static std::atomic<int> last = 0;
    return "topic-" + std::to_string(::getpid()) + '-' + std::to_string(++last);
}
