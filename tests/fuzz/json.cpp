// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The parser that the door checks bodies with and components read them with.

#include "target.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

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

std::optional<json_text> checked(std::string_view text, const json_options& options)
{
    try
    {
        return json_text(bytes(std::string(text)), options);
    }
    catch (const json_error&)
    {
        return std::nullopt;
    }
}

// Fields that stay text are what they would be as values.
void compare_fields(const json_text& text, const json::object& values)
{
    packet made;
    made.set_text_fields(text);
    hold(made.field_count() == values.size(), "fields that stay text are as many");
    std::string written;
    made.write_fields(written);
    hold(written.find('\n') == std::string::npos, "they are written in one line");
    hold(parse_json(written, own_text) == values, "which has the same values");
    for (const auto& [name, value] : values)
        hold(made.has(name) && *made.find(name) == value, "each of them is found");
    hold(made.fields() == values, "all of them are the same");
}

} // namespace

std::vector<std::string> seeds()
{
    return {R"({"title": "a\u00e9\ud83d\ude00\n", "n": [0, -1, 1.5e-7, 18446744073709551616]})",
            R"([[[[[[[[[[]]]]]]]]]])",
            R"({"a": 1, "a": 2, "": null, "b": [true, false, {}]})",
            "{\"a\\u0062\" : [1.50, {\"k\":1,\"\\u006b\":2}, \"] \\\" }\"],\n\"b\":1E2 }",
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
        const std::optional<json_text> checked_text = checked(input, options);
        hold(checked_text.has_value() == value.has_value(), "json_text agrees");
        if (!value)
            continue;
        hold((checked_text->kind() == json::kind::object) == value->is_object(), "in the kind too");
        if (value->is_object())
            compare_fields(*checked_text, value->get_object());
        const std::string text = write_json(*value);
        const std::optional<json::value> again = parsed(text, options);
        hold(again.has_value(), "what is written can be read");
        hold(*again == *value, "it is the same");
        hold(write_json(*again) == text, "and is written the same");
    }
}

} // namespace penstock::fuzz
