// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <amqp.h>
#include <amqp_framing.h>
#include <sys/time.h>

/// A message as a test reads it.
struct queued_message
{
    std::string body;
    std::string id;
    std::string type; ///< of the content
    bool is_persistent = false;
    bool is_redelivered = false;
    std::vector<std::string> headers; ///< NAME=VALUE, those that are texts
};

/// A queue of a broker, declared under a name that no other has, and a connection for the test to
/// fill and empty it. Throws std::runtime_error when something fails.
class broker_queue
{
public:
    /// What is declared.
    enum class kind
    {
        quorum,
        classic,  ///< durable
        transient ///< classic, and gone with the broker
    };

    explicit broker_queue(std::uint16_t port, kind what = kind::quorum,
                          const std::vector<std::pair<std::string, std::string>>& arguments = {},
                          std::string name = fresh_name());
    ~broker_queue();
    broker_queue(const broker_queue&) = delete;
    broker_queue& operator=(const broker_queue&) = delete;

    /// The names of tests differ, also of those that run at the same time.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// Publishes a message, and waits until it is confirmed.
    void put(const std::string& body, const std::string& id = {}, const std::string& type = {},
             const std::vector<std::pair<std::string, std::string>>& headers = {});

    /// Publishes many messages, whose ids are their bodies, and waits until they are confirmed.
    void put_all(const std::vector<std::string>& bodies);

    /// Waits until nobody consumes it, which gives back what is not acknowledged, and takes all
    /// that it has away.
    void clear();

    /// Takes all messages that wait in the queue.
    [[nodiscard]] std::vector<queued_message> take();
    /// Their bodies.
    [[nodiscard]] std::vector<std::string> take_bodies();

    /// Takes the first message and gives it back, which counts as a delivery.
    void give_back_first();

    /// How many messages wait in the queue, without those that a consumer has.
    [[nodiscard]] std::size_t size();

    /// Deletes it; who consumes it hears of that.
    void remove();

    /// Connects again, as after the broker was away.
    void connect();

    /// Binds the queue to the exchange amq.topic.
    void bind(const std::string& pattern);

    /// Whether a broker lets in on a port.
    [[nodiscard]] static bool lets_in(std::uint16_t port);

    /// A name that no other queue has.
    [[nodiscard]] static std::string fresh_name();

private:
    void declare();
    [[nodiscard]] amqp_queue_declare_ok_t look_up();
    void publish(const std::string& body, const std::string& id, const std::string& type,
                 const std::vector<std::pair<std::string, std::string>>& headers);
    void await_confirms(std::size_t count); // of the last messages
    [[nodiscard]] bool receive(std::vector<queued_message>& into, timeval patience);
    void require() const;

    std::uint16_t port_;
    kind kind_;
    std::vector<std::pair<std::string, std::string>> arguments_;
    std::string name_;
    amqp_connection_state_t connection_ = nullptr;
    std::uint64_t published_ = 0; // by this connection
};
