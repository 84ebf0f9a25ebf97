// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/arguments.hpp"

#include "host/app/environment.hpp"
#include "host/cli/command.hpp"
#include "host/packages/libraries.hpp"

#include <CLI/App.hpp>

#include <filesystem>
#include <system_error>

namespace penstock::host::cli
{

void add_packages(CLI::App& verb, std::vector<std::string>& folders)
{
    // What the option sets takes their place.
    if (const auto given = settings_of_environment(); given.contains("packages"))
        folders = list_in(given.at("packages")).value_or(std::vector{given.at("packages")});
    verb.add_option("--packages", folders,
                    "a folder with packages; before the other places [PENSTOCK_PACKAGES]")
        ->type_name("DIR")
        ->allow_extra_args(false);
}

void add_json(CLI::App& verb, bool& json)
{
    verb.add_flag("--json", json, "write JSON to the output");
}

int check_packages(const std::vector<std::string>& folders)
{
    std::vector<problem> problems = refuse_places(places_of(folders));
    if (problems.empty())
        for (const std::string& each : folders)
            if (find_libraries(each).files.empty())
                problems.emplace_back(each, "", "holds no package", "NAME.so was expected");
    for (const problem& each : problems)
        complain(each);
    return problems.empty() ? fine : failure;
}

std::optional<problem> find_data_directory(const std::filesystem::path& folder)
{
    std::error_code error;
    if (std::filesystem::is_directory(folder, error))
        return std::nullopt;
    if (!error || error == std::errc::no_such_file_or_directory)
        return problem(folder.string(), "", error ? "is not there" : "is no folder",
                       "a data directory was expected");
    return problem(folder.string(), "", "cannot be looked into: " + error.message(),
                   "a data directory was expected");
}

std::vector<package_place> places_of(const std::vector<std::string>& folders)
{
    return package_places(std::vector<std::filesystem::path>(folders.begin(), folders.end()));
}

} // namespace penstock::host::cli
