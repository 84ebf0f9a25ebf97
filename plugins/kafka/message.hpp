// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kafka_package
{

/// What a message is made of.
enum class content
{
    fields, ///< the fields as JSON; the data of a packet without any
    data    ///< the data as it came
};

/// Where a message goes.
struct destination
{
    std::string topic;
    std::string key; ///< that decides the partition; empty: there is none
};

/// A message to publish, made of a packet, which outlives it. [any thread]
class message
{
public:
    using header = std::pair<std::string, std::string>;

    /// Makes the message of a packet that stands at a place of its batch. Throws
    /// std::invalid_argument for a packet that none can be made of.
    message(std::size_t place, const penstock::packet& from, content what, destination to);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& topic() const noexcept { return to_.topic; }
    [[nodiscard]] const std::string& key() const noexcept { return to_.key; }

    /// Content type, packet id and meta.
    [[nodiscard]] const std::vector<header>& headers() const noexcept { return headers_; }

    [[nodiscard]] std::string_view body() const noexcept { return text_.empty() ? data_ : text_; }

private:
    void add_meta(const penstock::json::object& meta);

    std::size_t place_;
    destination to_;
    std::vector<header> headers_;
    std::string text_;      // the fields
    std::string_view data_; // of the packet
};

} // namespace kafka_package
