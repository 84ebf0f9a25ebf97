// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include "../brokers/message_body.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace redis_package
{

/// How entries are made of packets.
struct entry_form
{
    brokers::content what;
    std::string data_field; ///< the field of an entry that has the data of a packet
    std::string id_field;   ///< that has its id; empty: none
    std::uint64_t most = 0; ///< about how many entries a stream keeps; 0: all
};

/// An entry to add to a stream, made of a packet, which outlives it. [any thread]
class entry
{
public:
    /// Makes the entry of a packet that stands at a place of its batch. Throws
    /// std::invalid_argument for a packet that none can be made of.
    entry(std::size_t place, const penstock::packet& from, const entry_form& form,
          std::string stream);

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] const std::string& stream() const noexcept { return stream_; }

    /// The command that adds it; it views this.
    [[nodiscard]] command to_add() const;

private:
    void add(std::string name, std::string value);

    std::size_t place_;
    std::string stream_;
    std::string most_; // empty: all
    std::vector<std::pair<std::string, std::string>> fields_;
    std::string data_field_;
    std::string_view data_; // of the packet
};

} // namespace redis_package
