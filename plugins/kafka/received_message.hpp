// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <librdkafka/rdkafka.h>

namespace kafka_package
{

/// A partition of a topic, by its name and number.
struct partition_name
{
    std::string topic;
    std::int32_t number = 0;

    friend auto operator<=>(const partition_name&, const partition_name&) = default;
};

/// A message as the brokers have given it out.
struct received_message
{
    partition_name from;
    std::int64_t offset = 0;
    std::uint64_t assignment = 0;   ///< by which its partition was the consumer's
    std::optional<std::string> key; ///< repaired, if it is no UTF-8
    std::int64_t timestamp = -1;    ///< in milliseconds since 1970; -1: it has none
    penstock::json::object headers; ///< null: what is no UTF-8; a list: of several of one name
    std::size_t header_bytes = 0;   ///< about the memory that they take
    std::string type;               ///< of the content, as it was told; empty: it was not
    std::string body;

    /// About how much memory it takes.
    [[nodiscard]] std::size_t bytes() const noexcept
    {
        constexpr std::size_t rest = 256;
        return body.size() + (key ? key->size() : 0) + type.size() + header_bytes + rest;
    }
};

/// Copies a message that the library has given out.
[[nodiscard]] received_message received(const rd_kafka_message_t& from);

} // namespace kafka_package
