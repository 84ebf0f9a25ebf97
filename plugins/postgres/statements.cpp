// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "statements.hpp"

#include <algorithm>
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
    : table_(std::move(table)), columns_(std::move(columns))
{
    std::string keys;
    std::string updates;
    for (const column& each : columns_)
    {
        const std::string name = quote_name(each.name);
        add(names_, ", ", name);
        if (each.is_key)
            add(keys, ", ", name);
        else
            add(updates, ", ", name + " = EXCLUDED." + name);
    }
    if (!keys.empty())
        conflict_ = " ON CONFLICT (" + keys + ") DO " +
                    (updates.empty() ? "NOTHING" : "UPDATE SET " + updates);
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

void statements::insert(session& to, std::span<const row> rows) const
{
    std::string text = "INSERT INTO " + table_ + " (" + names_ + ") VALUES ";
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
    to.run(text + conflict_, values);
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
    std::string lines;
    for (const row& each : rows)
        for (std::size_t i = 0; i < columns_.size(); ++i)
        {
            append_copy_field(each.values[i].value_or(sql_text()), lines);
            lines += i + 1 == columns_.size() ? '\n' : '\t';
        }
    to.copy("COPY " + table_ + " (" + names_ + ") FROM STDIN", lines);
}

} // namespace postgres_package
