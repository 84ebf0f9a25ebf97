// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "statements.hpp"

#include <algorithm>
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

void add(std::string& list, std::string_view between, const std::string& more)
{
    if (!list.empty())
        list += between;
    list += more;
}

} // namespace

statements::statements(std::string table, std::vector<column> columns)
    : table_(std::move(table)),
      columns_(std::move(columns)),
      has_key_(std::ranges::any_of(columns_, &column::is_key))
{
}

std::size_t statements::together(std::span<const row> rows) const
{
    if (rows.front().deletes)
        return 1;
    const std::size_t most =
        std::min({rows.size(), most_rows, most_values / std::max<std::size_t>(columns_.size(), 1)});
    std::unordered_set<std::string_view> keys;
    std::size_t count = 0;
    while (count < most && !rows[count].deletes &&
           (rows[count].key.empty() || keys.insert(rows[count].key).second))
        ++count;
    return count;
}

void statements::write(session& to, std::span<const row> rows) const
{
    if (rows.front().deletes)
        erase(to, rows.front());
    else
        insert(to, rows);
}

std::vector<statements::alike> statements::sort(std::span<const row> rows) const
{
    std::vector<alike> sorted;
    std::map<std::vector<bool>, std::size_t> known;
    for (const row& each : rows)
    {
        std::vector<bool> shape;
        shape.reserve(each.values.size());
        for (const auto& value : each.values)
            shape.push_back(value.has_value());
        const auto [found, is_new] = known.try_emplace(std::move(shape), sorted.size());
        if (is_new)
        {
            alike& made = sorted.emplace_back();
            for (std::size_t i = 0; i < columns_.size(); ++i)
                if (each.values[i])
                    made.columns.push_back(i);
        }
        sorted[found->second].rows.push_back(&each);
    }
    return sorted;
}

std::string statements::names_of(const alike& some) const
{
    std::string names;
    for (const std::size_t i : some.columns)
        add(names, ", ", quote_name(columns_[i].name));
    return names;
}

void statements::insert(session& to, std::span<const row> rows) const
{
    if (has_key_)
    {
        for (const alike& each : sort(rows))
            each.columns.empty() ? insert_defaults(to, each) : update_or_insert(to, each);
        return;
    }
    std::string names;
    for (const column& each : columns_)
        add(names, ", ", quote_name(each.name));
    std::string text = "INSERT INTO " + table_ + " (" + names + ") VALUES ";
    std::vector<sql_text> values;
    for (const row& each : rows)
    {
        text += &each == &rows.front() ? "(" : ", (";
        for (std::size_t i = 0; i < columns_.size(); ++i)
        {
            text += i == 0 ? "" : ", ";
            if (!each.values[i])
            {
                text += "DEFAULT";
                continue;
            }
            values.push_back(*each.values[i]);
            text += '$' + std::to_string(values.size()) + "::" + columns_[i].type;
        }
        text += ')';
    }
    to.run(text, values);
}

// Of packets that have nothing for the table.
void statements::insert_defaults(session& to, const alike& some) const
{
    for (std::size_t i = 0; i < some.rows.size(); ++i)
        to.run("INSERT INTO " + table_ + " DEFAULT VALUES");
}

// An insertion takes a number of each sequence that a default names, even where it becomes an
// update. So where rows lack such a column, those that are there are updated first.
void statements::update_or_insert(session& to, const alike& some) const
{
    std::string given;
    std::vector<sql_text> values;
    for (const row* each : some.rows)
    {
        std::string one;
        for (const std::size_t i : some.columns)
        {
            values.push_back(*each->values[i]);
            add(one, ", ", '$' + std::to_string(values.size()) + "::" + columns_[i].type);
        }
        add(given, ", ", '(' + one + ')');
    }
    std::string keys;
    std::string returned;
    std::string equal;
    std::string updates;
    std::string changes;
    bool has_whole_key = true;
    bool takes_number = false;
    for (std::size_t i = 0; i < columns_.size(); ++i)
    {
        const std::string name = quote_name(columns_[i].name);
        const bool is_given = std::ranges::find(some.columns, i) != some.columns.end();
        takes_number = takes_number || (columns_[i].is_numbered && !is_given);
        if (columns_[i].is_key)
        {
            has_whole_key = has_whole_key && is_given;
            add(keys, ", ", name);
            add(returned, ", ", "t." + name);
            add(equal, " AND ", "t." + name + " = given." + name);
        }
        else if (is_given)
        {
            add(updates, ", ", name + " = EXCLUDED." + name);
            add(changes, ", ", name + " = given." + name);
        }
    }
    const std::string names = names_of(some);
    const std::string into = "INSERT INTO " + table_ + " (" + names + ") ";
    const std::string conflict =
        " ON CONFLICT (" + keys + ") DO " + (updates.empty() ? "NOTHING" : "UPDATE SET " + updates);
    if (!takes_number || !has_whole_key)
    {
        to.run(into + "VALUES " + given + conflict, values);
        return;
    }
    const std::string known = changes.empty() ? "SELECT FROM " + table_ + " t WHERE " + equal
                                              : "SELECT FROM updated t WHERE " + equal;
    const std::string update = changes.empty() ? std::string()
                                               : ", updated AS (UPDATE " + table_ + " t SET " +
                                                     changes + " FROM given WHERE " + equal +
                                                     " RETURNING " + returned + ")";
    to.run("WITH given (" + names + ") AS (VALUES " + given + ")" + update + " " + into +
               "SELECT " + names + " FROM given WHERE NOT EXISTS (" + known + ")" + conflict,
           values);
}

void statements::erase(session& to, const row& one) const
{
    std::string where;
    std::vector<sql_text> values;
    for (std::size_t i = 0; i < columns_.size(); ++i)
    {
        if (!columns_[i].is_key)
            continue;
        values.push_back(one.values[i].value_or(sql_text()));
        add(where, " AND ",
            quote_name(columns_[i].name) + " = $" + std::to_string(values.size()) +
                "::" + columns_[i].type);
    }
    to.run("DELETE FROM " + table_ + " WHERE " + where, values);
}

void statements::copy(session& to, std::span<const row> rows) const
{
    for (const alike& some : sort(rows))
    {
        if (some.columns.empty())
        {
            insert_defaults(to, some);
            continue;
        }
        std::string lines;
        for (const row* each : some.rows)
            for (const std::size_t i : some.columns)
            {
                append_copy_field(each->values[i].value_or(sql_text()), lines);
                lines += i == some.columns.back() ? '\n' : '\t';
            }
        to.copy("COPY " + table_ + " (" + names_of(some) + ") FROM STDIN", lines);
    }
}

} // namespace postgres_package
