// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/byte_budget.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <memory>
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
    std::shared_ptr<budget_share> share; ///< what the body has of the room for answers
    std::size_t most = longest;          ///< bytes of the body: no more than all the room
    bool is_too_long = false;            ///< then there is no body
    bool has_no_room = false;            ///< the same: other answers have the room
};

/// Adds a packet to an answer: the first one has its status and its type (meta `status` and
/// `mimetype`), the data of each is appended to the body, and takes of the room. A status that is
/// none is 500.
void add_to(std::optional<whole_answer>& answer, const packet& packet,
            const std::shared_ptr<byte_budget>& room);

} // namespace penstock::host
