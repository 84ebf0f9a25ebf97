// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "store.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace search_package
{

std::string database_file(std::string_view name)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (name.empty() || name.find_first_not_of(allowed) != std::string_view::npos)
        throw std::invalid_argument("database: is \"" + std::string(name) +
                                    "\"; a name of a-z, 0-9, _ and - was expected");
    const char* directory = std::getenv("PENSTOCK_DATA");
    if (directory == nullptr || *directory == '\0')
        throw std::invalid_argument(
            "database: there is no data directory; PENSTOCK_DATA was expected to name it");
    return (std::filesystem::path(directory) / "search" / (std::string(name) + ".sqlite")).string();
}

} // namespace search_package
