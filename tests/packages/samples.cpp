// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/samples.hpp"

#include "tests/packages/exercise_list.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <sqlite3.h>

namespace penstock::host::tests
{

namespace
{

std::vector<exercise> make_exercises()
{
    exercise_list list;
    for (auto* add : {add_formats, add_texts, add_fields, add_routes, add_local, add_servers})
        add(list);
    return std::move(list.all);
}

} // namespace

const std::vector<exercise>& exercises()
{
    static const std::vector<exercise> list = make_exercises();
    return list;
}

const exercise& exercise_of(std::string_view component)
{
    const auto found = std::ranges::find(exercises(), component, &exercise::component);
    if (found == exercises().end())
        throw std::out_of_range(std::string(component) + ": has no exercise");
    return *found;
}

catalogue& packages()
{
    static catalogue all({package_place{PENSTOCK_PACKAGES, true}});
    return all;
}

std::vector<std::string> documents_of(const std::string& database)
{
    const std::string file = "data/search/" + database + ".sqlite";
    sqlite3* opened = nullptr;
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle(
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK
            ? opened
            : (sqlite3_close(opened), nullptr),
        &sqlite3_close);
    std::vector<std::string> documents;
    if (handle == nullptr)
        return documents;
    const auto row = [](void* list, int, char** columns, char**)
    {
        static_cast<std::vector<std::string>*>(list)->push_back(std::string(columns[0]) + " " +
                                                                columns[1]);
        return 0;
    };
    if (sqlite3_exec(handle.get(), "SELECT id, fields FROM documents", row, &documents, nullptr) !=
        SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(handle.get()));
    return documents;
}

} // namespace penstock::host::tests
