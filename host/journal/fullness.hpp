// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace penstock::host
{

/// Says why a journal lets nothing in, which it does from nine tenths of its quota on; empty: it
/// lets in. `name` is where it is; both counts are bytes.
[[nodiscard]] inline std::string fullness_of(const std::string& name, std::uint64_t used,
                                             std::uint64_t quota)
{
    const std::uint64_t most = quota / 100 * 90;
    if (used < most)
        return {};
    const auto mebibytes = [](std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; };
    return name + ": " + mebibytes(used) + " of " + mebibytes(quota) + " used; less than " +
           mebibytes(most) + " was expected";
}

} // namespace penstock::host
