// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "statements.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace postgres_package
{
namespace
{

constexpr std::size_t most_values = 65'535; // of a statement, by the protocol
constexpr std::size_t most_rows = 1'000;
constexpr std::size_t most_kinds = 64; // of rows in a statement, each of which is planned by itself
constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

void add(std::string& list, std::string_view between, const std::string& more)
{
    if (!list.empty())
        list += between;
    list += more;
}

} // namespace

/// The text of a statement with its values.
struct statements::command
{
    std::string text{};
    std::vector<sql_text> values{};

    /// Takes a value, and returns what stands for it in the text.
    std::string take(const sql_text& value, const column& of)
    {
        values.push_back(value);
        return '$' + std::to_string(values.size()) + "::" + of.type;
    }
};

statements::statements(table to)
    : table_(std::move(to)), has_key_(std::ranges::any_of(table_.columns, &column::is_key))
{
}

std::size_t statements::write(session& to, std::span<const row> rows) const
{
    const auto is_other = [&](const row& each) { return each.deletes != rows.front().deletes; };
    const std::span<const row> same(rows.begin(), std::ranges::find_if(rows, is_other));
    if (rows.front().deletes)
        return erase(to, same);
    return has_key_ ? update_or_insert(to, same) : insert(to, same);
}

std::size_t statements::most_rows_of(std::span<const row> rows) const
{
    const std::size_t values = std::max<std::size_t>(table_.columns.size(), 1);
    return std::min({rows.size(), most_rows, most_values / values});
}

// Groups as many of the first rows as are of `most` kinds.
std::vector<statements::alike> statements::group(std::span<const row> rows, std::size_t most) const
{
    std::vector<alike> groups;
    std::map<std::vector<bool>, std::size_t> known;
    for (const row& each : rows)
    {
        std::vector<bool> has_value;
        has_value.reserve(each.values.size());
        for (const auto& value : each.values)
            has_value.push_back(value.has_value());
        const auto [found, is_new] = known.try_emplace(std::move(has_value), groups.size());
        if (is_new && groups.size() == most)
            break;
        if (is_new)
        {
            alike& made = groups.emplace_back();
            for (std::size_t i = 0; i < table_.columns.size(); ++i)
                if (each.values[i])
                    made.columns.push_back(i);
        }
        groups[found->second].rows.push_back(&each);
    }
    return groups;
}

std::string statements::names_of(const alike& some) const
{
    std::string names;
    for (const std::size_t i : some.columns)
        add(names, ", ", quote_name(table_.columns[i].name));
    return names;
}

std::size_t statements::insert(session& to, std::span<const row> rows) const
{
    rows = rows.first(most_rows_of(rows));
    if (table_.columns.empty())
    {
        insert_defaults(to, rows.size());
        return rows.size();
    }
    std::string names;
    for (const column& each : table_.columns)
        add(names, ", ", quote_name(each.name));
    command made{"INSERT INTO " + table_.name + " (" + names + ") VALUES "};
    for (const row& each : rows)
    {
        std::string one;
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            add(one, ", ",
                each.values[i] ? made.take(*each.values[i], table_.columns[i]) : "DEFAULT");
        made.text += (&each == &rows.front() ? "(" : ", (") + one + ')';
    }
    to.run(made.text, made.values);
    return rows.size();
}

// Of packets that have nothing for the table.
void statements::insert_defaults(session& to, std::size_t count) const
{
    to.run("INSERT INTO " + table_.name + " SELECT FROM generate_series(1, $1::int)",
           {std::to_string(count)});
}

// One statement for all kinds of rows has the server refuse rows of one key, however they spell it
// (SQLSTATE 21000). Rows that succeed together have different keys, so that their order does not matter.
std::size_t statements::update_or_insert(session& to, std::span<const row> rows) const
{
    std::unordered_set<std::string_view> keys;
    const auto is_there = [&](const row& each)
    { return !each.key.empty() && !keys.insert(each.key).second; };
    rows = rows.first(most_rows_of(rows));
    rows = {rows.begin(), std::ranges::find_if(rows, is_there)};
    const std::vector<alike> groups = group(rows, most_kinds);
    command made{"WITH "};
    std::size_t count = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
    {
        made.text += i == 0 ? "" : ", ";
        append_changes(groups[i], std::to_string(i), made);
        count += groups[i].rows.size();
    }
    made.text += " SELECT";
    to.run(made.text, made.values);
    return count;
}

// Rows that are there are updated first, and the others inserted. An insertion that becomes an
// update asks for the columns that may not be NULL, and takes a number of each sequence that a
// default names; it is left to rows that another session inserts meanwhile, and to those without a
// whole key.
void statements::append_changes(const alike& some, const std::string& number, command& made) const
{
    std::string keys;
    std::string equal;
    std::string updates;
    std::string changes;
    std::string given;
    bool has_whole_key = true;
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
    {
        const std::string name = quote_name(table_.columns[i].name);
        const std::string value = 'v' + std::to_string(i);
        const bool is_given = std::ranges::find(some.columns, i) != some.columns.end();
        if (is_given)
            add(given, ", ", value);
        if (table_.columns[i].is_key)
        {
            has_whole_key = has_whole_key && is_given;
            add(keys, ", ", name);
            add(equal, " AND ", "t." + name + " = given." + value);
        }
        else if (is_given)
        {
            add(updates, ", ", name + " = EXCLUDED." + name);
            add(changes, ", ", name + " = given." + value);
        }
    }
    const std::string from = "given" + number;
    made.text += from + " (n" + (given.empty() ? "" : ", ") + given + ") AS (VALUES ";
    append_given(some, made);
    made.text += "), ";
    if (has_whole_key)
        made.text +=
            "known" + number +
            (changes.empty() ? " AS (SELECT given.n FROM " + table_.name + " AS t JOIN " + from +
                                   " AS given ON " + equal + "), "
                             : " AS (UPDATE " + table_.name + " AS t SET " + changes + " FROM " +
                                   from + " AS given WHERE " + equal + " RETURNING given.n), ");
    made.text += "inserted" + number + " AS (INSERT INTO " + table_.name +
                 (given.empty() ? "" : " (" + names_of(some) + ")") + " SELECT " + given +
                 " FROM " + from +
                 (has_whole_key ? " WHERE n NOT IN (SELECT n FROM known" + number + ")" : "") +
                 " ORDER BY n";
    made.text += " ON CONFLICT (" + keys + ") DO " +
                 (updates.empty() ? "NOTHING" : "UPDATE SET " + updates) + ')';
}

// The rows with numbers, which tell those that were updated.
void statements::append_given(const alike& some, command& made) const
{
    for (std::size_t n = 0; n < some.rows.size(); ++n)
    {
        std::string one = std::to_string(n);
        for (const std::size_t i : some.columns)
            add(one, ", ", made.take(*some.rows[n]->values[i], table_.columns[i]));
        made.text += (n == 0 ? "(" : ", (") + one + ')';
    }
}

std::size_t statements::erase(session& to, std::span<const row> rows) const
{
    rows = rows.first(most_rows_of(rows));
    alike keys;
    std::string given;
    std::string equal;
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
        if (table_.columns[i].is_key)
        {
            const std::string value = 'v' + std::to_string(i);
            keys.columns.push_back(i);
            add(given, ", ", value);
            add(equal, " AND ", "t." + quote_name(table_.columns[i].name) + " = given." + value);
        }
    for (const row& each : rows)
        keys.rows.push_back(&each);
    command made{"DELETE FROM " + table_.name + " AS t USING (VALUES "};
    append_given(keys, made);
    made.text += ") AS given (n, " + given + ") WHERE " + equal;
    to.run(made.text, made.values);
    return rows.size();
}

void statements::copy(session& to, std::span<const row> rows) const
{
    for (const alike& some : group(rows, any_number))
    {
        if (some.columns.empty())
        {
            insert_defaults(to, some.rows.size());
            continue;
        }
        std::string lines;
        for (const row* each : some.rows)
            for (const std::size_t i : some.columns)
            {
                append_copy_field(*each->values[i], lines);
                lines += i == some.columns.back() ? '\n' : '\t';
            }
        to.copy("COPY " + table_.name + " (" + names_of(some) + ") FROM STDIN", lines);
    }
}

// The server names no column when a type cannot hold a value (class 22 of SQLSTATE). A plan of an
// insertion assigns, and does nothing else.
std::string statements::column_to_blame(session& to, const row& refused) const
{
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
    {
        const column& each = table_.columns[i];
        if (!refused.values[i] || (refused.deletes && !each.is_key))
            continue;
        command made{"EXPLAIN INSERT INTO " + table_.name + " (" + quote_name(each.name) +
                     ") VALUES ("};
        made.text += made.take(*refused.values[i], each) + ')';
        try
        {
            to.run(made.text, made.values);
        }
        catch (const sql_error& error)
        {
            if (error.state().starts_with("22"))
                return each.name;
        }
    }
    return {};
}

} // namespace postgres_package
