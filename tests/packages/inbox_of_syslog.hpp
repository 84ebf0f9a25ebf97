// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

/// Messages that a source of syslog finds when it begins.
namespace inbox_of_syslog
{

/// The address that it listens at.
[[nodiscard]] std::string address();

/// Writes 500 of them into the data directory `data`, as a stop leaves what was received and not
/// processed.
void fill();

} // namespace inbox_of_syslog
