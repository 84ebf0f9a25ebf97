// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/message_body.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kafka_package
{

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
    message(std::size_t place, const penstock::packet& from, brokers::content what, destination to);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& topic() const noexcept { return to_.topic; }
    [[nodiscard]] const std::string& key() const noexcept { return to_.key; }

    /// Content type, packet id and meta.
    [[nodiscard]] const std::vector<header>& headers() const noexcept { return headers_; }

    [[nodiscard]] std::string_view body() const noexcept { return body_.bytes(); }

private:
    std::size_t place_;
    destination to_;
    std::vector<header> headers_;
    brokers::message_body body_;
};

} // namespace kafka_package
