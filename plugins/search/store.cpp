// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "store.hpp"

#include <penstock/state.hpp>

#include <filesystem>
#include <stdexcept>

namespace search_package
{

void check_database(const penstock::parameter<std::string>& name, penstock::problems& found)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (name->empty() || name->find_first_not_of(allowed) != std::string::npos)
        found.add(name, "is \"" + *name + "\"; a name of a-z, 0-9, _ and - was expected");
}

std::string database_file(std::string_view name)
{
    return (std::filesystem::path(penstock::data_directory()) / "search" /
            (std::string(name) + ".sqlite"))
        .string();
}

} // namespace search_package
