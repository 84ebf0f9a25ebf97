// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "brokers/local_server.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// A server of Redis that writes each command to its log before it answers. Started by start(),
/// killed with its object.
class redis_server
{
public:
    /// `more` are further arguments.
    explicit redis_server(std::vector<std::string> more = {}) : more_(std::move(more)) {}

    /// Starts it, unless it runs, with what it had; returns when it answers.
    void start();

    void kill() { server_.kill(); }
    void pause() { server_.pause(); }
    void resume() { server_.resume(); }

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] std::string url() const;

    /// Sends a command; returns all texts and numbers of the answer, in order. Throws for an error.
    std::vector<std::string> ask(const std::vector<std::string>& command) const;

    /// Adds an entry of one field.
    void put(const std::string& stream, const std::string& field, const std::string& value) const;

    /// Adds entries with the data `{"n": BEGIN}` to `{"n": END - 1}`.
    void put_numbers(const std::string& stream, int begin, int end) const;

    /// The fields of all entries of a stream, in order.
    [[nodiscard]] std::vector<std::map<std::string, std::string>>
    entries(const std::string& stream) const;

    /// How many entries a group has given out that were not acknowledged.
    [[nodiscard]] std::size_t pending(const std::string& stream, const std::string& group) const;

private:
    local_server server_;
    std::vector<std::string> more_;
};

/// A server that the tests of a program share; it runs until that ends.
[[nodiscard]] redis_server& shared_redis();

/// The same, without that it is started.
[[nodiscard]] redis_server& shared_redis_to_start();

/// A name of a stream that no other has.
[[nodiscard]] std::string fresh_stream();
