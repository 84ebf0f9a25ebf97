// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/headers.hpp"
#include "../brokers/message_body.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <mosquitto.h>

namespace mqtt_package
{

/// Properties as the library takes them.
using properties = std::unique_ptr<mosquitto_property, void (*)(mosquitto_property*)>;

/// What messages of a graph have in common.
struct message_form
{
    brokers::content what;
    bool is_version_5 = true; ///< and has properties
};

/// A message to publish, made of a packet, which outlives it. [any thread]
class message
{
public:
    /// Makes the message of a packet that stands at a place of its batch. Throws
    /// std::invalid_argument for a packet that none can be made of.
    message(std::size_t place, const penstock::packet& from, const message_form& form,
            std::string topic);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& topic() const noexcept { return topic_; }
    [[nodiscard]] std::string_view body() const noexcept { return body_.bytes(); }

    /// Content type, packet id and meta; null before version 5.
    [[nodiscard]] const mosquitto_property* properties() const noexcept
    {
        return properties_.get();
    }

private:
    void add(const std::string& name, const std::string& value);

    std::size_t place_;
    std::string topic_;
    brokers::message_body body_;
    mqtt_package::properties properties_;
};

} // namespace mqtt_package
