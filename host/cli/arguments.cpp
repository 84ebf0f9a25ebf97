// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/arguments.hpp"

#include <CLI/App.hpp>

#include <filesystem>

namespace penstock::host::cli
{

void add_packages(CLI::App& verb, std::vector<std::string>& folders)
{
    verb.add_option("--packages", folders, "a folder with packages; before the other places")
        ->type_name("DIR")
        ->allow_extra_args(false);
}

void add_json(CLI::App& verb, bool& json)
{
    verb.add_flag("--json", json, "write JSON to the output");
}

std::vector<package_place> places_of(const std::vector<std::string>& folders)
{
    return package_places(std::vector<std::filesystem::path>(folders.begin(), folders.end()));
}

} // namespace penstock::host::cli
