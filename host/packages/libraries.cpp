// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/libraries.hpp"

#include "host/packages/trust.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

namespace penstock::host
{

namespace
{

std::vector<std::filesystem::path> libraries_in(const std::filesystem::path& folder,
                                                std::error_code& error)
{
    std::vector<std::filesystem::path> files;
    std::filesystem::directory_iterator each(folder, error);
    for (; !error && each != std::filesystem::directory_iterator(); each.increment(error))
        if (each->path().extension() == ".so" && !each->path().filename().string().starts_with('.'))
            files.push_back(each->path());
    std::sort(files.begin(), files.end()); // the order of a folder is anybody's guess
    return files;
}

/// The folders NAME@VERSION in a folder, each of a package with what it brought along.
std::vector<std::filesystem::path> package_folders_in(const std::filesystem::path& folder,
                                                      std::error_code& error)
{
    std::vector<std::filesystem::path> folders;
    std::filesystem::directory_iterator each(folder, error);
    for (; !error && each != std::filesystem::directory_iterator(); each.increment(error))
    {
        const std::string name = each->path().filename().string();
        std::error_code unreadable;
        if (name.find('@') != name.npos && name.front() != '.' && each->is_directory(unreadable))
            folders.push_back(each->path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

} // namespace

found_libraries find_libraries(const std::filesystem::path& folder)
{
    found_libraries found;
    std::error_code error;
    found.files = libraries_in(folder, error);
    for (const std::filesystem::path& own : package_folders_in(folder, error))
    {
        if (std::optional<problem> wrong = check_folder(own))
        {
            found.problems.push_back(*std::move(wrong));
            continue;
        }
        std::error_code unreadable;
        for (std::filesystem::path& file : libraries_in(own, unreadable))
            found.files.push_back(std::move(file));
        if (unreadable)
            found.problems.emplace_back(own.string(), "", "cannot be read: " + unreadable.message(),
                                        "");
    }
    if (error)
        found.problems.emplace_back(folder.string(), "", "cannot be read: " + error.message(), "");
    return found;
}

} // namespace penstock::host
