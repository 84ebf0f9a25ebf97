// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "part_list.hpp"

namespace search_package
{
namespace
{

connection& with_table(connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS parts(number INTEGER PRIMARY KEY,"
                       " whole TEXT NOT NULL, version TEXT NOT NULL);"
                       "CREATE INDEX IF NOT EXISTS parts_of ON parts(whole, version);");
    return connection;
}

std::vector<std::int64_t> numbers(statement& from)
{
    std::vector<std::int64_t> found;
    while (from.step())
        found.push_back(from.integer(0));
    from.reset();
    return found;
}

} // namespace

part_list::part_list(connection& connection)
    : put_(with_table(connection),
           "INSERT OR REPLACE INTO parts(number, whole, version) VALUES(?, ?, ?)"),
      forget_(connection, "DELETE FROM parts WHERE number = ?"),
      all_(connection, "SELECT number FROM parts WHERE whole = ?"),
      outdated_(connection, "SELECT number FROM parts WHERE whole = ? AND version <> ?")
{
}

bool part_list::exists(connection& connection)
{
    statement table(connection, "SELECT 1 FROM sqlite_master WHERE name = 'parts'");
    return table.step();
}

void part_list::put(std::int64_t number, std::string_view whole, std::string_view version)
{
    put_.bind(1, number);
    put_.bind(2, whole);
    put_.bind(3, version);
    put_.run();
}

void part_list::forget(std::int64_t number)
{
    forget_.bind(1, number);
    forget_.run();
}

std::vector<std::int64_t> part_list::all_of(std::string_view whole)
{
    all_.bind(1, whole);
    return numbers(all_);
}

std::vector<std::int64_t> part_list::outdated(std::string_view whole, std::string_view version)
{
    outdated_.bind(1, whole);
    outdated_.bind(2, version);
    return numbers(outdated_);
}

} // namespace search_package
