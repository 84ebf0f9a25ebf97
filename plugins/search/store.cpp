// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "store.hpp"

#include "../packets/place_problem.hpp"

#include <penstock/state.hpp>

#include <filesystem>
#include <set>
#include <stdexcept>

namespace search_package
{

void check_database(const penstock::parameter<std::string>& name, penstock::problems& found)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (name->empty() || name->find_first_not_of(allowed) != std::string::npos)
        found.add(name, "is \"" + *name + "\"; a name of a-z, 0-9, _ and - was expected");
}

void check_place(const penstock::parameter<std::string>& name, penstock::problems& found)
{
    const std::string wrong = packets::problem_of_place(*name);
    if (!name->empty() && !wrong.empty())
        found.add(name, wrong);
}

void check_names(const penstock::parameter<std::vector<std::string>>& names, std::size_t most,
                 penstock::problems& found)
{
    std::set<std::string> known;
    for (const std::string& each : *names)
        if (each.empty())
            found.add(names, "has an empty name; names of fields were expected");
        else if (!known.insert(each).second)
            found.add(names, "has \"" + each + "\" twice; each field once was expected");
    if (names->size() > most)
        found.add(names, "has " + std::to_string(names->size()) + " fields; at most " +
                             std::to_string(most) + " were expected");
}

std::string database_file(std::string_view name)
{
    return (std::filesystem::path(penstock::data_directory()) / "search" /
            (std::string(name) + ".sqlite"))
        .string();
}

} // namespace search_package
