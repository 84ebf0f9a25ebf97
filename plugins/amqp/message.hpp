// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "field_table.hpp"

#include "../brokers/message_body.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <amqp_framing.h>

namespace amqp_package
{

/// A message to publish, made of a packet, which outlives it. [any thread]
class message
{
public:
    /// Makes the message of a packet that stands at a place of its batch. Throws
    /// std::invalid_argument for a packet that none can be made of.
    message(std::size_t place, const penstock::packet& from, brokers::content what,
            std::string routing_key);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& routing_key() const noexcept { return routing_key_; }

    /// The packet's id; empty: it has none.
    [[nodiscard]] const std::string& id() const noexcept { return id_; }

    [[nodiscard]] std::string_view body() const noexcept { return body_.bytes(); }

    /// The properties as the library takes them: persistent, with type, id and headers; they view
    /// this.
    [[nodiscard]] amqp_basic_properties_t properties() const;

private:
    std::size_t place_;
    std::string routing_key_;
    std::string id_;
    std::string type_;
    std::string encoding_; // of the content; empty: none
    field_table headers_;
    brokers::message_body body_;
};

} // namespace amqp_package
