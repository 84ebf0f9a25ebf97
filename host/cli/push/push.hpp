// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/push/parcel.hpp"
#include "host/cli/push/sender.hpp"
#include "host/cli/push/tally.hpp"

#include <chrono>
#include <cstddef>

namespace penstock::host::cli
{

struct push_result
{
    tally counts;
    std::chrono::duration<double> time{};
};

/// Sends all parcels over so many connections at a time, and draws a progress bar if the error
/// stream is a terminal. Ends early when the host cannot be reached.
[[nodiscard]] push_result push(parcel_source& source, const delivery& to, std::size_t connections);

} // namespace penstock::host::cli
