// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "lookup_table.hpp"

#include "../csv/rows.hpp"
#include "../letters/fold.hpp"

#include <exception>
#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fields_package
{

namespace json = penstock::json;

lookup_table::lookup_table(const std::string& path, table_form form) : form_(std::move(form))
{
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::size_t>(in ? static_cast<std::streamoff>(in.tellg()) : 0);
    std::string text(size <= form_.most_bytes ? size : 0, '\0');
    in.seekg(0);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in)
        throw std::runtime_error(path + ": cannot be read; a file with a table was expected");
    if (size > form_.most_bytes)
        throw std::runtime_error(path + ": has " + std::to_string(size) + " bytes; at most " +
                                 std::to_string(form_.most_bytes) + " were expected");
    try
    {
        if (form_.is_json)
            read_json(text);
        else
            read_csv(text);
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error(path + ": " + error.what());
    }
}

std::optional<std::string> lookup_table::key_of(const json::value& value)
{
    if (value.is_string())
        return std::string(std::string_view(value.get_string()));
    if (value.is_int64() || value.is_uint64() || value.is_bool())
        return penstock::write_json(value);
    if (value.is_double() && value.get_double() - value.get_double() == 0) // it is finite
        return penstock::write_json(value);
    return std::nullopt;
}

void lookup_table::read_csv(std::string_view text)
{
    csv_package::rows rest(text, {.delimiter = form_.delimiter}, {});
    std::vector<std::string> names;
    std::size_t key = 0;
    for (csv_package::row each; !rest.ended();)
    {
        rest.next(each);
        if (!each.wrong.empty())
            throw std::runtime_error("line " + std::to_string(each.line) + ": " + each.wrong);
        if (names.empty())
        {
            for (std::size_t n = 0; n < each.size(); ++n)
                names.emplace_back(each[n]);
            while (key < names.size() && names[key] != form_.key)
                ++key;
            if (key == names.size())
                throw std::runtime_error("has no column \"" + form_.key +
                                         "\"; one that rows are found by was expected");
            continue;
        }
        if (each.size() != names.size())
            throw std::runtime_error("line " + std::to_string(each.line) + ": has " +
                                     std::to_string(each.size()) + " values; " +
                                     std::to_string(names.size()) + " were expected");
        json::object row;
        for (std::size_t n = 0; n < names.size(); ++n)
            row[names[n]] = each[n];
        put(std::string(each[key]), std::move(row));
    }
    if (names.empty())
        throw std::runtime_error("is empty; a row with names of columns was expected");
}

void lookup_table::read_json(std::string_view text)
{
    json::value all = penstock::parse_json(text);
    if (json::object* members = all.if_object())
    {
        for (auto& each : *members)
        {
            json::object row;
            if (json::object* given = each.value().if_object())
                row = std::move(*given);
            else
                row["value"] = std::move(each.value());
            row.emplace(form_.key, each.key());
            put(std::string(each.key()), std::move(row));
        }
        return;
    }
    json::array* const list = all.if_array();
    if (list == nullptr)
        throw std::runtime_error("is no table; a list of objects, or an object, was expected");
    for (std::size_t n = 0; n < list->size(); ++n)
    {
        json::object* const row = (*list)[n].if_object();
        const json::value* const key = row == nullptr ? nullptr : row->if_contains(form_.key);
        const std::optional<std::string> text_of_key = key == nullptr ? std::nullopt : key_of(*key);
        if (!text_of_key)
            throw std::runtime_error("/" + std::to_string(n) + ": has no \"" + form_.key +
                                     "\"; an object with a key was expected");
        put(*text_of_key, std::move(*row));
    }
}

void lookup_table::put(const std::string& key, json::object row)
{
    rows_.insert_or_assign(form_.ignore_case ? letters::fold_case(key) : key, std::move(row));
}

const json::object* lookup_table::find(std::string_view key) const
{
    const auto found = rows_.find(form_.ignore_case ? letters::fold_case(key) : std::string(key));
    return found == rows_.end() ? nullptr : &found->second;
}

} // namespace fields_package
