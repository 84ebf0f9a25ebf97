// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/member_reader.hpp"

#include "host/base/json_pointer.hpp"

#include <penstock/detail/problem_text.hpp>
#include <penstock/nearest.hpp>

#include <algorithm>
#include <utility>

namespace penstock::host
{

void member_reader::complain(const std::string& pointer, std::string message, std::string expected)
{
    problems_.add(pointer, std::move(message), std::move(expected));
}

void member_reader::wrong_kind(const std::string& pointer, const json::value& value,
                               const char* expected)
{
    complain(pointer, "is " + shown(value), std::string(expected) + " was expected");
}

void member_reader::known_keys(const json::object& of, const std::string& pointer,
                               std::initializer_list<const char*> known)
{
    for (const auto& member : of)
        if (!is_full() &&
            std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            complain(pointer_to(pointer, member.key()), "unknown key " + quote(member.key()),
                     expected_name(member.key(), {known.begin(), known.end()}));
}

bool member_reader::text(const json::object& of, const std::string& pointer, const char* key,
                         std::string& out)
{
    const json::value* const value = of.if_contains(key);
    if (value == nullptr)
        return false;
    if (const json::string* found = value->if_string())
    {
        out = *found;
        return true;
    }
    wrong_kind(pointer_to(pointer, key), *value, "a text");
    return false;
}

const json::object* member_reader::object(const json::object& of, const std::string& pointer,
                                          const char* key, bool required)
{
    const json::value* const value = of.if_contains(key);
    if (value == nullptr)
    {
        if (required)
            complain(pointer_to(pointer, key), "is missing", "an object was expected");
        return nullptr;
    }
    if (!value->is_object())
        wrong_kind(pointer_to(pointer, key), *value, "an object");
    return value->if_object();
}

std::optional<std::uint64_t> member_reader::number(const json::object& of,
                                                   const std::string& pointer, const char* key,
                                                   std::uint64_t least, std::uint64_t most)
{
    const json::value* const value = of.if_contains(key);
    if (value == nullptr)
        return std::nullopt;
    const std::string expected =
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!value->is_int64() && !value->is_uint64())
    {
        if (value->is_double())
            complain(pointer_to(pointer, key), "is " + write_json(*value),
                     expected + " was expected");
        else
            wrong_kind(pointer_to(pointer, key), *value, expected.c_str());
        return std::nullopt;
    }
    const bool negative = value->is_int64() && value->get_int64() < 0;
    const std::uint64_t found = negative ? 0
                                : value->is_uint64()
                                    ? value->get_uint64()
                                    : static_cast<std::uint64_t>(value->get_int64());
    if (!negative && found >= least && found <= most)
        return found;
    complain(pointer_to(pointer, key), "is " + write_json(*value), expected + " was expected");
    return std::nullopt;
}

std::string shown(const json::value& value)
{
    return value.is_bool() || value.is_null() ? write_json(value)
                                              : std::string(detail::kind_of(value));
}

} // namespace penstock::host
