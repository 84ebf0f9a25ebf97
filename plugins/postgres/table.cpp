// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "table.hpp"

#include <penstock/unavailable.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace postgres_package
{
namespace
{

using table_rows = std::vector<std::vector<sql_text>>;

// What the server knows of the columns of a table, a row each.
constexpr const char* columns_query =
    "SELECT a.attname, format_type(a.atttypid, -1), t.typcategory = 'A', "
    "t.typname IN ('json', 'jsonb'), a.attidentity = 'a', a.attidentity = 'd' OR "
    "pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', format_type(a.atttypid, a.atttypmod) "
    "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d "
    "ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = $1::text::regclass "
    "AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum";

enum place : std::size_t
{
    name,
    type,
    is_array,
    is_json,
    is_always_numbered,
    is_numbered,
    whole_type
};

[[noreturn]] void refuse(const std::string& table, const std::string& why)
{
    throw penstock::unavailable("table \"" + table + "\"" + why);
}

void check_right(session& with, const std::string& table, bool updates)
{
    const table_rows allowed = with.run(
        "SELECT has_any_column_privilege($1::text, 'INSERT')" +
            std::string(updates ? " AND has_any_column_privilege($1::text, 'UPDATE')" : ""),
        {quote_table(table)});
    if (allowed.at(0).at(0) != "t")
        refuse(table, ": may not be written");
}

// Has the server plan an insertion by the key, and not do it.
void check_key(session& with, const std::string& table, const std::vector<std::string>& key)
{
    std::string names;
    std::string values;
    for (const std::string& each : key)
    {
        names += (names.empty() ? "" : ", ") + quote_name(each);
        values += values.empty() ? "DEFAULT" : ", DEFAULT";
    }
    try
    {
        with.run("EXPLAIN INSERT INTO " + quote_table(table) + " (" + names + ") VALUES (" +
                 values + ") ON CONFLICT (" + names + ") DO NOTHING");
    }
    catch (const penstock::unavailable& error)
    {
        refuse(table, ", key " + names + ": " + error.what());
    }
}

} // namespace

std::vector<column> columns_of_table(session& with, const std::string& table,
                                     std::vector<column> named, const std::vector<std::string>& key)
{
    const table_rows found = with.run(columns_query, {quote_table(table)});
    check_right(with, table, !key.empty());
    if (!key.empty())
        check_key(with, table, key);
    if (named.empty())
        for (const std::vector<sql_text>& each : found)
            if (each.at(is_always_numbered) != "t")
                named.push_back({.name = each.at(name).value(), .place = each.at(name).value()});
    for (column& each : named)
    {
        const auto known = std::ranges::find_if(found, [&](const std::vector<sql_text>& row)
                                                { return row.at(name) == each.name; });
        if (known == found.end())
            refuse(table, ": has no column \"" + each.name + "\"");
        each.type = known->at(type).value();
        each.is_array = known->at(is_array) == "t";
        each.is_json = known->at(is_json) == "t";
        each.is_numbered = known->at(is_numbered) == "t";
        each.whole_type = known->at(whole_type).value();
        each.is_key = std::ranges::find(key, each.name) != key.end();
    }
    const auto keys = std::ranges::count_if(named, &column::is_key);
    if (static_cast<std::size_t>(keys) != key.size())
        refuse(table, ": has not all columns of the key");
    return named;
}

} // namespace postgres_package
