// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "connection.hpp"

#include "../brokers/headers.hpp"
#include "../brokers/message_body.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nats_package
{

/// A message to publish, made of a packet, which outlives it. [any thread]
class message
{
public:
    /// Makes the message of a packet that stands at a place of its batch; `node` is the same for all
    /// of a node, and no other has it. Throws std::invalid_argument for a packet that none can be
    /// made of.
    message(std::size_t place, const penstock::packet& from, brokers::content what,
            std::string subject, std::uint64_t node);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }

    /// The same as the library takes it, with a subject for the answer. Throws nats_error.
    [[nodiscard]] message_handle made(const std::string& answer) const;

private:
    std::size_t place_;
    std::string subject_;
    brokers::message_body body_;
    brokers::headers headers_; // content type, id and meta
};

} // namespace nats_package
