// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "part_list.hpp"

#include <utility>

namespace search_package
{
namespace
{

connection& with_table(connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS document_parts(number INTEGER PRIMARY KEY,"
                       " whole TEXT NOT NULL, version TEXT NOT NULL, time TEXT NOT NULL);"
                       "CREATE INDEX IF NOT EXISTS document_parts_of"
                       " ON document_parts(whole, time, version);");
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
           "INSERT OR REPLACE INTO document_parts(number, whole, version, time)"
           " VALUES(?, ?, ?, ?)"),
      forget_(connection, "DELETE FROM document_parts WHERE number = ?"),
      all_(connection, "SELECT number FROM document_parts WHERE whole = ?"),
      newest_(connection, "SELECT version, time FROM document_parts WHERE whole = ?"
                          " AND version <> '' ORDER BY time DESC LIMIT 1"),
      outdated_(connection, "SELECT number FROM document_parts WHERE whole = ?"
                            " AND version <> '' AND version <> ?")
{
}

bool part_list::exists(connection& connection)
{
    statement table(connection, "SELECT 1 FROM sqlite_master WHERE name = 'document_parts'");
    return table.step();
}

part_list::state& part_list::state_of(std::string_view whole)
{
    if (const auto known = states_.find(whole); known != states_.end())
        return known->second;
    state found;
    newest_.bind(1, whole);
    if (newest_.step())
        found = {.version = std::string(newest_.text(0)), .time = std::string(newest_.text(1))};
    newest_.reset();
    return states_.emplace(whole, std::move(found)).first->second;
}

bool part_list::is_late(std::string_view whole, std::string_view version, std::string_view time)
{
    if (version.empty() || time.empty())
        return false;
    const state& there = state_of(whole);
    return version != there.version && time < there.time;
}

void part_list::put(std::int64_t number, std::string_view whole, std::string_view version,
                    std::string_view time)
{
    if (!version.empty())
    {
        state& there = state_of(whole);
        if (version != there.version)
            there = {.version = std::string(version), .time = std::string(time), .is_new = true};
        else if (there.time < time)
            there.time = time;
    }
    put_.bind(1, number);
    put_.bind(2, whole);
    put_.bind(3, version);
    put_.bind(4, time);
    put_.run();
}

void part_list::forget(std::int64_t number)
{
    forget_.bind(1, number);
    forget_.run();
}

std::vector<std::int64_t> part_list::take_all_of(std::string_view whole)
{
    if (const auto known = states_.find(whole); known != states_.end())
        states_.erase(known);
    all_.bind(1, whole);
    return numbers(all_);
}

std::vector<std::int64_t> part_list::take_outdated()
{
    std::vector<std::int64_t> found;
    for (const auto& [whole, there] : states_)
    {
        if (!there.is_new)
            continue;
        outdated_.bind(1, whole);
        outdated_.bind(2, there.version);
        for (const std::int64_t number : numbers(outdated_))
            found.push_back(number);
    }
    states_.clear();
    return found;
}

} // namespace search_package
