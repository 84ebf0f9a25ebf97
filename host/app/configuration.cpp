// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/configuration.hpp"

#include "host/app/environment.hpp"
#include "host/base/file_text.hpp"
#include "host/base/yaml.hpp"

#include <algorithm>
#include <optional>

namespace penstock::host
{

namespace
{

/// A JSON value in the words of a flag; nothing for what no flag could say.
std::optional<std::string> words_of(const json::value& value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_number())
        return write_json(value);
    return std::nullopt;
}

std::optional<std::vector<std::string>> values_of(const json::value& value, bool is_list)
{
    std::vector<std::string> values;
    if (is_list != value.is_array())
        return std::nullopt;
    if (!is_list)
    {
        if (std::optional<std::string> words = words_of(value))
            return std::vector{*std::move(words)};
        return std::nullopt;
    }
    for (const json::value& item : value.get_array())
    {
        if (!item.is_string())
            return std::nullopt;
        values.emplace_back(item.get_string());
    }
    return values;
}

problem unknown(const std::string& file, const std::string& key)
{
    std::string keys;
    for (const setting& each : all_settings())
        keys += (keys.empty() ? "" : ", ") + each.key;
    return {file, "/" + key, "unknown key " + quote(key), "one of " + keys + " was expected"};
}

} // namespace

std::vector<problem> read_configuration(const std::filesystem::path& file, settings& into)
{
    const boost::system::result<std::string, problem> text = read_text(file);
    if (!text)
        return {text.error()};
    return parse_configuration(*text, file.string(), into, syntax_of(file));
}

std::vector<problem> parse_configuration(std::string_view text, const std::string& where,
                                         settings& into, file_syntax syntax)
{
    std::string rewritten;
    json::value whole;
    try
    {
        if (syntax == file_syntax::yaml)
            text = rewritten = yaml_as_json(text);
        whole = parse_json(text, {.duplicates = duplicate_key::refuse});
    }
    catch (const json_error& error)
    {
        return {{where, "", error.what(), ""}};
    }
    if (!whole.is_object())
        return {{where, "", "is no object", "one with settings was expected"}};

    std::vector<problem> problems;
    for (const auto& [key, value] : whole.get_object())
    {
        const std::string name(key);
        if (name == "$schema")
        {
            if (!value.is_string())
                problems.emplace_back(where, "/$schema", write_json(value) + " does not fit",
                                      "a text was expected");
            continue;
        }
        const auto& known = all_settings();
        const auto found = std::find_if(known.begin(), known.end(),
                                        [&](const setting& each) { return each.key == name; });
        if (found == known.end())
        {
            problems.push_back(unknown(where, name));
            continue;
        }
        const std::optional<std::vector<std::string>> values = values_of(value, found->is_list);
        if (!values)
            problems.emplace_back(where, "/" + name, write_json(value) + " does not fit",
                                  found->is_list ? "a list of texts was expected"
                                                 : found->expected);
        else if (std::optional<problem> wrong = assign(into, *found, *values, where, "/" + name))
            problems.push_back(*std::move(wrong));
    }
    return problems;
}

std::vector<problem> settings_source::read_file(settings& into) const
{
    return file.empty() ? std::vector<problem>{} : read_configuration(file, into);
}

std::vector<problem> settings_source::read_variables(settings& into) const
{
    std::vector<problem> problems;
    for (const setting& each : all_settings())
    {
        const auto given = variables.find(each.key);
        if (given == variables.end())
            continue;
        const auto values = each.is_list ? list_in(given->second) : std::vector{given->second};
        if (!values)
            problems.emplace_back(each.variable(), "", quote(given->second) + " does not fit",
                                  R"(a list as in "a,b" or "[\"a\", \"b\"]" was expected)");
        else if (std::optional<problem> wrong = assign(into, each, *values, each.variable()))
            problems.push_back(*std::move(wrong));
    }
    return problems;
}

std::vector<problem> settings_source::read_flags(settings& into) const
{
    std::vector<problem> problems;
    for (const setting& each : all_settings())
    {
        const auto given = flags.find(each.key);
        if (given == flags.end() || given->second.empty())
            continue;
        if (std::optional<problem> wrong = assign(into, each, given->second, each.flag()))
            problems.push_back(*std::move(wrong));
    }
    return problems;
}

std::string write_configuration(const settings& all)
{
    std::string text = "{\n";
    for (const setting& each : all_settings())
    {
        if (text.size() > 2)
            text += ",\n";
        text += "  " + write_json(json::value(each.key)) + ": " + write_json(each.write(all));
    }
    return text + "\n}\n";
}

} // namespace penstock::host
