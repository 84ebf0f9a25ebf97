// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/place.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI
{
class App;
} // namespace CLI

namespace penstock::host::cli
{

/// Declares `--packages DIR`, which may be given more than once; instead of it counts what the
/// environment has.
void add_packages(CLI::App& verb, std::vector<std::string>& folders);

/// Declares `--json`.
void add_json(CLI::App& verb, bool& json);

/// Complains about folders of packages that are named and cannot be used, or hold no package;
/// returns `failure` if there are such, else `fine`.
[[nodiscard]] int check_packages(const std::vector<std::string>& folders);

/// Says that a data directory is not there, for verbs that make none; nothing if it is.
[[nodiscard]] std::optional<problem> find_data_directory(const std::filesystem::path& folder);

/// Where packages are looked for when these folders are named.
[[nodiscard]] std::vector<package_place> places_of(const std::vector<std::string>& folders);

} // namespace penstock::host::cli
