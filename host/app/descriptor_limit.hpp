// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

namespace penstock::host
{

/// Raises the limit of open files of this process, and of those that it starts, to what it may be,
/// 1,048,576 at most; returns it. Call before the first thread.
std::size_t raise_descriptor_limit() noexcept;

/// How many connections may be open so that enough descriptors are left for the host's own files
/// and those of components: 512, or half of a limit that is less than twice that.
[[nodiscard]] std::size_t connections_within(std::size_t wanted, std::size_t descriptors) noexcept;

} // namespace penstock::host
