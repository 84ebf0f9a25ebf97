// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reader_command.hpp"

#include "../process/child.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace document_package
{
namespace
{

namespace json = penstock::json;

bool is_argument(const json::value& value)
{
    return value.is_string() && value.get_string().find('\0') == json::string::npos;
}

std::vector<std::string> texts_of(const json::value& value)
{
    if (const json::string* const name = value.if_string())
        return {std::string(*name)};
    std::vector<std::string> list;
    for (const json::value& each : value.as_array())
        list.emplace_back(std::string_view(each.get_string()));
    return list;
}

} // namespace

std::string problem_of_program(const std::string& name, const std::string& package)
{
    return process::find_program(name)
               ? std::string()
               : "program \"" + name + "\" cannot be run; one as in " + package + " was expected";
}

std::string problem_of_command(const json::value& value, const std::string& package)
{
    const json::array* const list = value.if_array();
    const bool is_good = list == nullptr
                             ? is_argument(value)
                             : !list->empty() && std::ranges::all_of(*list, is_argument);
    return is_good ? problem_of_program(texts_of(value).front(), package)
                   : "names no program; a text or a list of texts was expected";
}

std::vector<std::string> command_of(const json::value& value, const std::vector<std::string>& usual,
                                    const std::string& package)
{
    std::vector<std::string> command = texts_of(value);
    const std::optional<std::string> path = process::find_program(command.front());
    if (!path)
        throw std::runtime_error(problem_of_program(command.front(), package));
    command.front() = *path;
    if (value.is_string())
        command.insert(command.end(), usual.begin(), usual.end());
    return command;
}

} // namespace document_package
