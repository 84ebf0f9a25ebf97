// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/whole_answer.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace penstock::host
{

/// What became of the packets of one request: packet ends, so one packet to two publishers is
/// delivered twice.
struct receipt_result
{
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0; ///< delivered through an `error` port
    std::uint64_t dead_count = 0;
    std::uint64_t replicated = 0;   ///< of delivered and failed: those that several machines have
    std::vector<json::object> dead; ///< the first 100, each with its reason
    json::array packets;            ///< what `http/reply` got
    bool replied = false;           ///< whether anything replied
    bool truncated = false;         ///< whether a reply was left out

    std::optional<whole_answer> whole; ///< what a raw `http/reply` got; in no receipt that is kept

    /// Whether several machines have all that came of the request.
    [[nodiscard]] bool is_replicated() const noexcept
    {
        return dead_count == 0 && replicated == delivered + failed;
    }
};

} // namespace penstock::host
