// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"

#include <cstdint>
#include <string>

namespace penstock::host::supervise
{

/// Opens a TCP socket that listens on a numeric address; port 0 means any free one. Throws
/// std::system_error.
[[nodiscard]] descriptor listen_on(const std::string& address, std::uint16_t port);

} // namespace penstock::host::supervise
