// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace penstock::host
{

/// Names a folder in which packages are looked for.
struct package_place
{
    std::filesystem::path folder;
    bool must_exist = false; ///< true for those the user named
};

/// The folder of the user's own packages, `$XDG_DATA_HOME/penstock/packages`; empty if there is no
/// home. It need not exist.
[[nodiscard]] std::filesystem::path user_packages();

/// Lists where packages are looked for, the first place first: `named`, then the user's, then
/// beside the running binary.
[[nodiscard]] std::vector<package_place>
package_places(const std::vector<std::filesystem::path>& named);

/// Returns why folders that must exist cannot be used: they are not there, or cannot be trusted.
[[nodiscard]] std::vector<problem> refuse_places(const std::vector<package_place>& places);

/// Returns why packages of a place are not to be looked for; nothing if they are. A place that is
/// not there, and need not be, is fine.
[[nodiscard]] std::optional<problem> refuse_place(const package_place& place);

} // namespace penstock::host
