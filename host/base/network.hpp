// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace penstock::host
{

/// Returns the part of a numeric address that one machine cannot change at will: all of an IPv4
/// address, also of one that is mapped into IPv6; the first 64 bits of an IPv6 one.
[[nodiscard]] std::string network_of(const std::string& address);

} // namespace penstock::host
