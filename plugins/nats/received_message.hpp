// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstdint>
#include <string>

#include <nats/nats.h>

namespace nats_package
{

/// A message as a stream has given it out.
struct received_message
{
    std::uint64_t number = 0;     ///< in its stream
    std::uint64_t deliveries = 1; ///< how often it was given out, this time included
    std::string handle;           ///< the subject by which it is acknowledged
    std::string subject;
    std::string id;                 ///< that its publisher gave it; empty: it has none
    std::string type;               ///< of the content, as it was told; empty: it was not
    penstock::json::object headers; ///< the others; null: what is no UTF-8
    std::string body;
};

/// Copies a message that the library has given out. Throws nats_error for one of no stream.
[[nodiscard]] received_message received(natsMsg& from);

/// Makes a packet of a message of a stream.
[[nodiscard]] penstock::packet packet_of(received_message&& from, const std::string& stream);

} // namespace nats_package
