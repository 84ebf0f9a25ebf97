// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>

#include <mosquitto.h>

namespace mqtt_package
{

/// A message as the broker has given it out.
struct received_message
{
    std::string topic;
    int identifier = 0; ///< of the delivery; 0: it is not acknowledged
    bool is_retained = false;
    std::string id;                 ///< that its publisher gave it; empty: it has none
    std::string type;               ///< of the content, as it was told; empty: it was not
    penstock::json::object further; ///< what becomes meta
    std::string body;
};

/// Copies a message that the library has given out.
[[nodiscard]] received_message received(const mosquitto_message& from,
                                        const mosquitto_property* properties);

/// Makes a packet of a message.
[[nodiscard]] penstock::packet packet_of(received_message&& from);

} // namespace mqtt_package
