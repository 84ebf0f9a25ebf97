// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace penstock
{

/// A number of bytes; written `"512B"`, `"64KiB"`, `"16MiB"`, `"4GiB"`, or as a plain number. A
/// value type. [any thread]
enum class byte_count : std::uint64_t
{
};

} // namespace penstock
