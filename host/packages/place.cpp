// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/place.hpp"

#include "host/packages/trust.hpp"

#include <cstdlib>
#include <string_view>
#include <system_error>

namespace penstock::host
{

namespace
{

/// `$XDG_DATA_HOME`, or where it is by default; empty if even HOME is not known.
std::filesystem::path data_home()
{
    // An empty or relative value is to be ignored, says the XDG base directory specification.
    if (const char* given = std::getenv("XDG_DATA_HOME"); given != nullptr && given[0] == '/')
        return given;
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
        return std::filesystem::path(home) / ".local/share";
    return {};
}

} // namespace

std::filesystem::path user_packages()
{
    const std::filesystem::path home = data_home();
    return home.empty() ? home : home / "penstock/packages";
}

std::vector<package_place> package_places(const std::vector<std::filesystem::path>& named)
{
    std::vector<package_place> places;
    for (const std::filesystem::path& folder : named)
        places.push_back({folder, true});
    if (std::filesystem::path user = user_packages(); !user.empty())
        places.push_back({std::move(user), false});
    std::error_code error;
    const std::filesystem::path binary = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error)
    {
        const std::filesystem::path beside = binary.parent_path().parent_path();
        places.push_back({beside / "packages", false});
        places.push_back({beside / "lib/penstock/packages", false});
    }
    return places;
}

std::vector<problem> refuse_places(const std::vector<package_place>& places)
{
    std::vector<problem> problems;
    for (const package_place& each : places)
        if (std::optional<problem> wrong = each.must_exist ? refuse_place(each) : std::nullopt)
            problems.push_back(*std::move(wrong));
    return problems;
}

std::optional<problem> refuse_place(const package_place& place)
{
    std::error_code error;
    if (place.must_exist && !std::filesystem::exists(place.folder, error))
        return problem(place.folder.string(), {}, "is not there",
                       "a folder of packages was expected");
    return check_folder(place.folder);
}

} // namespace penstock::host
