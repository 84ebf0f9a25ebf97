// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/reference.hpp"

#include <filesystem>
#include <vector>

namespace penstock::host
{

/// Finds what references stand for: environment variables, and secrets, which are files of that
/// name in the first of the folders that has one. A file that others may read is no secret.
[[nodiscard]] resolver make_resolver(std::vector<std::filesystem::path> folders);

} // namespace penstock::host
