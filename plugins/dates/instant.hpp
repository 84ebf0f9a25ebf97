// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <date/date.h>

namespace dates_package
{

/// A point of time, of a year from 1000 to 9999.
struct instant
{
    date::sys_seconds seconds;     ///< since 1970, in UTC, without leap seconds
    std::chrono::nanoseconds part; ///< of a second

    friend bool operator==(const instant&, const instant&) = default;
};

} // namespace dates_package
