// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace amqp_package
{

/// What a source has read from a queue and not acknowledged: which delivery a position stands for.
/// A message that was delivered once comes again by another connection, with another delivery tag.
/// [one thread]
class open_deliveries
{
public:
    /// `instance` is one that no other has had.
    explicit open_deliveries(std::string instance);

    /// What the source knows of a message that came.
    enum class knowledge
    {
        nothing,    ///< it is new
        under_way,  ///< it came by an earlier connection, and what was made of it goes on
        refused,    ///< the same, and it becomes a dead letter
        just_ended, ///< it came by an earlier connection, and has ended since this one was opened
        copy,       ///< it was published twice, the other one is under way, and it ends with that
        ended       ///< it came by an earlier connection, and had ended before
    };

    /// A message that came, and its position.
    struct arrival
    {
        penstock::json::value position;
        knowledge before;
    };

    /// Begins with another connection: earlier deliveries are void.
    void reconnect();

    /// Notes a delivery. Tags of a connection come in order. `content` is a hash of the message:
    /// one of the same id and content is the same message. The position is the id, with a number if
    /// another message of this id is under way; that of a message without one is its own.
    arrival arrive(std::uint64_t tag, const std::string& message_id, std::uint64_t content);

    /// Notes that a message becomes a dead letter.
    void refuse(const penstock::json::value& position);

    /// Notes that what was made of a message has ended. Also again, by the next connection, if the
    /// one by which that was to be acknowledged was lost.
    void end(const penstock::json::value& position);

    /// Takes the tag up to which all deliveries have ended; nothing if there is none that was not
    /// taken.
    [[nodiscard]] std::optional<std::uint64_t> take_ended();

    /// Whether nothing is under way.
    [[nodiscard]] bool empty() const noexcept { return under_way_.empty(); }

private:
    struct delivery
    {
        std::uint64_t tag;
        bool has_ended = false;
    };

    struct message
    {
        std::uint64_t content = 0;
        std::vector<std::uint64_t> tags{}; ///< of this connection; none: it did not come by it
        bool is_refused = false;
    };

    [[nodiscard]] penstock::json::value position_of(const std::string& message_id,
                                                    std::uint64_t content);
    void end_delivery(std::uint64_t tag);

    // By their positions, written as JSON.
    std::map<std::string, message> under_way_;
    std::map<std::string, bool> ended_; // without a delivery; whether since the last reconnect()

    std::deque<delivery> deliveries_; // of this connection, in order
    const std::string instance_;      // in positions of messages without an id
    std::uint64_t nameless_ = 0;
};

} // namespace amqp_package
