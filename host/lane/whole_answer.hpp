// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace penstock::host
{

/// The whole answer to one request, as components make it of packets: a page, what the sender of a
/// webhook hears.
struct whole_answer
{
    static constexpr std::size_t longest = std::size_t{16} * 1024 * 1024; ///< bytes of the body

    unsigned status = 200;
    std::string mimetype; ///< with its parameters; empty if no packet said one
    std::string body;
    bool is_too_long = false; ///< then there is no body
};

/// Adds a packet to an answer: the first one has its status and its type (meta `status` and
/// `mimetype`), the data of each is appended to the body. A status that is none is 500.
void add_to(std::optional<whole_answer>& answer, const packet& packet);

} // namespace penstock::host
