// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace mqtt_package
{

/// What a source has read and the broker has not been told of: all of it is acknowledged at once,
/// when everything made from it has ended. A message that was not acknowledged comes again by the
/// next connection, with the same packet identifier if the broker has kept the session. [one
/// thread]
class held_messages
{
public:
    /// `instance` is one that no other has had.
    explicit held_messages(std::string instance) : instance_(std::move(instance)) {}

    /// A message that came.
    struct arrival
    {
        penstock::json::value position;
        bool is_for_host; ///< it is new, or the host expects to be told of it once more
    };

    /// Begins with another connection; whether the broker has kept the session.
    void reconnect(bool was_kept);

    /// Notes a message by the id that its publisher gave it, which may be empty, its packet
    /// identifier (0: it has none) and a hash of it. Without an id, its position is made of the
    /// other two: a message with both of an earlier one has its position too, when that is
    /// acknowledged.
    [[nodiscard]] arrival arrive(const std::string& id, int identifier, std::uint64_t content);

    /// Notes that what was made of a message has ended.
    void end(const penstock::json::value& position);

    /// Whether there is something of this connection, and all of it has ended.
    [[nodiscard]] bool have_ended() const;

    /// Forgets what came by this connection: it is acknowledged.
    void forget();

    /// How many messages came by this connection.
    [[nodiscard]] std::size_t size() const noexcept { return here_; }

private:
    struct message
    {
        int identifier = 0;
        std::uint64_t content = 0;
        bool has_id = false;
        bool is_here = false;     ///< it came by this connection
        bool is_expected = false; ///< by the host, once more
        bool has_ended = false;
    };

    [[nodiscard]] bool is_same(const message& known, const std::string& key, const std::string& id,
                               int identifier, std::uint64_t content) const;

    [[nodiscard]] penstock::json::value first_position(const std::string& id, int identifier,
                                                       std::uint64_t content);

    const std::string instance_;
    std::map<std::string, message> messages_; // by their positions, written as JSON
    std::size_t here_ = 0;
    std::uint64_t nameless_ = 0;
};

} // namespace mqtt_package
