// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets as JSON: those that dead letters are replayed with, and those that components are tried
// with.

#include "target.hpp"

#include <penstock/packet.hpp>

#include <optional>
#include <stdexcept>

namespace penstock::fuzz
{

namespace
{

std::optional<json::value> parsed(std::string_view text)
{
    try
    {
        return parse_json(text);
    }
    catch (const json_error&)
    {
        return std::nullopt;
    }
}

std::optional<packet> read(const json::object& form)
{
    try
    {
        return packet_from_json(form);
    }
    catch (const std::invalid_argument&)
    {
        return std::nullopt;
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {R"({"fields": {"title": "a", "tags": ["b", "c"], "list": [[1, 2]]},
                "meta": {"id": "7", "route": "q"}, "field_meta": {"title": {"language": "en"}},
                "data": "text", "id": "000102030405060708090a0b0c0d0e0f"})",
            R"({"data": "AAECAwQ=", "data_encoding": "base64"})",
            R"({"fields": {"a": [[1]], "b": [[1]], "c": []}, "multivalued": ["a"]})", "{}"};
}

void try_input(std::string_view input)
{
    const std::optional<json::value> form = parsed(input);
    if (!form || !form->is_object())
        return;
    const std::optional<packet> made = read(form->get_object());
    if (!made)
        return;
    const std::string text = write_json(to_json(*made));
    const std::optional<packet> again = read(parse_json(text).as_object());
    hold(again.has_value(), "what is written can be read");
    hold(write_json(to_json(*again)) == text, "it is the same");
    hold(again->data().view() == made->data().view(), "its data is the same");
}

} // namespace penstock::fuzz
