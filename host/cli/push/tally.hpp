// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/push/sender.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// The counts of what was sent and of its ends. A value, without a lock of its own.
struct tally
{
    std::uint64_t requests = 0;
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::uint64_t accepted = 0; ///< records
    std::uint64_t refused = 0;  ///< records, by the host
    std::uint64_t lost = 0;     ///< records that no host answered for
    std::uint64_t pending = 0; ///< records, of those accepted, not processed when we stopped asking
    std::uint64_t retries = 0;
    host::cli::ends ends;
    std::vector<problem> problems; ///< the first few: refused, lost, become dead letters

    void add(const parcel& sent, const outcome& result);

    /// Returns whether nothing was refused or lost, and nothing is known to be a dead letter.
    [[nodiscard]] bool is_fine() const noexcept
    {
        return refused == 0 && lost == 0 && ends.dead == 0;
    }
};

/// Writes a tally as JSON. The ends are there only if they were asked for.
[[nodiscard]] json::object tally_json(const tally& counts, std::chrono::duration<double> time,
                                      bool processed);

/// Writes a tally as one line: `63,666 records accepted, 0 refused, 31.2 MB in 5.1 s`.
[[nodiscard]] std::string tally_text(const tally& counts, std::chrono::duration<double> time,
                                     bool processed);

/// Draws how far it is, `columns` wide at most, without a line's end: bar, records, rate, MB.
[[nodiscard]] std::string progress_line(const tally& counts, std::chrono::duration<double> time,
                                        std::optional<std::uint64_t> total_bytes,
                                        const std::string& waiting_for, std::size_t columns);

} // namespace penstock::host::cli
