// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <filesystem>
#include <vector>

namespace penstock::host
{

/// The files in a place that may be packages.
struct found_libraries
{
    std::vector<std::filesystem::path> files;
    std::vector<problem> problems; ///< folders that cannot be read, or that others may write to
};

/// Looks for `NAME.so` in a folder, and in the folders NAME@VERSION in it, each of a package with
/// what it brought along; in an order that is always the same. Reads none of the files.
[[nodiscard]] found_libraries find_libraries(const std::filesystem::path& folder);

} // namespace penstock::host
