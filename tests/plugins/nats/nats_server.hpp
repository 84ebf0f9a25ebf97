// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "brokers/local_server.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// A message of a stream, as tests publish and read it.
struct stream_text
{
    std::string body;
    std::string subject{};
    std::map<std::string, std::string> headers{};
};

/// A server of NATS with JetStream, which keeps streams on disk. Started by start(), killed with
/// its object.
class nats_server
{
public:
    /// `more` are further lines of its configuration.
    explicit nats_server(std::string more = {}) : more_(std::move(more)) {}

    /// Starts it, unless it runs, with what it had; returns when JetStream answers.
    void start();

    void kill() { server_.kill(); }
    void pause() { server_.pause(); }
    void resume() { server_.resume(); }

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] std::string url() const;

    /// Has it show itself with copies of a certificate, from the next start on; tests cannot ask
    /// it then.
    void secure(const std::string& certificate, const std::string& key);

    /// Makes a stream that has its name, and that with a word behind a dot, as subjects. `more` are
    /// further members of its JSON, with a comma before each.
    void make_stream(const std::string& name, const std::string& more = {}) const;

    /// Publishes messages, and returns when they are stored.
    void put(const std::vector<stream_text>& messages) const;

    /// Publishes `{"n": BEGIN}` to `{"n": END - 1}`.
    void put_numbers(const std::string& subject, int begin, int end) const;

    /// How many messages a stream has.
    [[nodiscard]] std::uint64_t size(const std::string& stream) const;

    /// All messages of a stream, in order.
    [[nodiscard]] std::vector<stream_text> messages(const std::string& stream) const;

    /// How many messages of a stream a consumer has not acknowledged.
    [[nodiscard]] std::uint64_t open(const std::string& stream, const std::string& consumer) const;

    /// What a consumer gives out within a tenth of a second; empty: nothing.
    [[nodiscard]] std::string next(const std::string& stream, const std::string& consumer) const;

    /// Has a consumer, which is made, give out messages that nobody acknowledges.
    void take(const std::string& stream, const std::string& consumer, int count) const;

    /// Asks the interface of JetStream; returns the answer.
    std::string ask(const std::string& what, const std::string& question = {}) const;

private:
    local_server server_;
    std::string more_;
    bool is_secure_ = false;
};

/// A server that the tests of a program share; it runs until that ends.
[[nodiscard]] nats_server& shared_nats();

/// The same, without that it is started.
[[nodiscard]] nats_server& shared_nats_to_start();

/// The name of a fresh stream of it.
[[nodiscard]] std::string fresh_nats_stream();
