// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace penstock::host
{

/// What a host is known by to others that share a journal with it: 32 hexadecimal digits, made when
/// they are asked for first and kept in the file `identity` of its data directory. Throws
/// journal_error if they can be neither read nor kept. Blocks.
[[nodiscard]] std::string host_identity(const std::filesystem::path& data);

} // namespace penstock::host
