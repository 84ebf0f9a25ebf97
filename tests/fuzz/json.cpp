// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The parser that the door checks bodies with and components read them with.

#include "target.hpp"

#include <penstock/json.hpp>

#include <optional>

namespace penstock::fuzz
{

namespace
{

bool is_accepted(std::string_view text, const json_options& options)
{
    try
    {
        check_json(text, options);
        return true;
    }
    catch (const json_error& error)
    {
        hold(error.offset() <= text.size(), "an error lies within the text");
        hold(error.line() > 0 && error.column() > 0, "lines and columns count from 1");
        return false;
    }
}

std::optional<json::value> parsed(std::string_view text, const json_options& options)
{
    try
    {
        return parse_json(text, options);
    }
    catch (const json_error&)
    {
        return std::nullopt;
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {R"({"title": "a\u00e9\ud83d\ude00\n", "n": [0, -1, 1.5e-7, 18446744073709551616]})",
            R"([[[[[[[[[[]]]]]]]]]])",
            R"({"a": 1, "a": 2, "": null, "b": [true, false, {}]})",
            "1e308",
            "-0.0",
            "2.2250738585072011e-308",
            "123456789012345678901234567890",
            "1e400",
            "\"\\u0000\\uD800\"",
            "\xef\xbb\xbf{\"\\udc00\":1,\"\xff\":2}",
            " \t\r\n[1 , 2]\n"};
}

void try_input(std::string_view input)
{
    const json_options strict{
        .depth = 8, .big = big_integer::refuse, .duplicates = duplicate_key::refuse};
    const json_options lenient{.members = 4, .invalid = invalid_text::replace};
    for (const json_options& options : {json_options(), strict, lenient})
    {
        const std::optional<json::value> value = parsed(input, options);
        hold(is_accepted(input, options) == value.has_value(), "check_json() agrees");
        if (!value)
            continue;
        const std::string text = write_json(*value);
        const std::optional<json::value> again = parsed(text, options);
        hold(again.has_value(), "what is written can be read");
        hold(*again == *value, "it is the same");
        hold(write_json(*again) == text, "and is written the same");
    }
}

} // namespace penstock::fuzz
