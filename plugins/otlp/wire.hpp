// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace otlp_package
{

/// How the value of a field is written in protobuf: the low three bits of its tag.
enum wire : std::uint32_t
{
    varint = 0,
    eight_bytes = 1,
    length = 2,
    four_bytes = 5
};

} // namespace otlp_package
