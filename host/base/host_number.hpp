// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace penstock::host
{

/// The greatest number that a host may have beside others: an id has twelve bits for it.
inline constexpr std::uint64_t greatest_host_number = 4095;

} // namespace penstock::host
