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

// What the server knows of the columns of a table, a row each; of a domain, what its type is in the
// end. A cast rounds numbers and times as an assignment does; texts and bits it cuts, which an
// assignment refuses.
constexpr const char* columns_query =
    "WITH RECURSIVE base (number, type, modifier) AS (SELECT attnum, atttypid, atttypmod "
    "FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped "
    "UNION ALL SELECT number, typbasetype, typtypmod FROM base JOIN pg_type ON oid = type "
    "WHERE typtype = 'd') "
    "SELECT a.attname, format_type(t.oid, CASE WHEN t.typcategory IN ('N', 'D', 'T') "
    "THEN b.modifier ELSE -1 END), t.typcategory = 'A', t.typname IN ('json', 'jsonb'), "
    "a.attidentity = 'a' FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd' "
    "JOIN pg_attribute a ON a.attrelid = $1::text::regclass AND a.attnum = b.number "
    "WHERE a.attgenerated = '' ORDER BY a.attnum";

// With its schema no other name in a statement can stand for a table.
constexpr const char* name_query =
    "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n "
    "ON n.oid = c.relnamespace WHERE c.oid = $1::text::regclass";

enum place : std::size_t
{
    name,
    type,
    is_array,
    is_json,
    is_always_numbered
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
    catch (const server_refusal& refusal)
    {
        if (!refusal.state().starts_with("42")) // of what is in a statement
            throw;
        refuse(table, ", key " + names + ": " + refusal.what());
    }
}

} // namespace

table look_up_table(session& with, const std::string& name, std::vector<column> named,
                    const std::vector<std::string>& key)
{
    const table_rows found = with.run(columns_query, {quote_table(name)});
    check_right(with, name, !key.empty());
    if (!key.empty())
        check_key(with, name, key);
    if (named.empty())
        for (const std::vector<sql_text>& each : found)
            if (each.at(is_always_numbered) != "t")
                named.push_back(
                    {.name = each.at(place::name).value(), .place = each.at(place::name).value()});
    for (column& each : named)
    {
        const auto known = std::ranges::find_if(found, [&](const std::vector<sql_text>& row)
                                                { return row.at(place::name) == each.name; });
        if (known == found.end())
            refuse(name, ": has no column \"" + each.name + "\"");
        each.type = known->at(type).value();
        each.is_array = known->at(is_array) == "t";
        each.is_json = known->at(is_json) == "t";
        each.is_key = std::ranges::find(key, each.name) != key.end();
    }
    const auto keys = std::ranges::count_if(named, &column::is_key);
    if (static_cast<std::size_t>(keys) != key.size())
        refuse(name, ": has not all columns of the key");
    return {with.run(name_query, {quote_table(name)}).at(0).at(0).value(), std::move(named)};
}

} // namespace postgres_package
