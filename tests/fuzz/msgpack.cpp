// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of MessagePack in plugins/msgpack.

#include "plugins/msgpack/parts.hpp"
#include "plugins/msgpack/token.hpp"
#include "plugins/msgpack/value.hpp"
#include "target.hpp"

#include <penstock/json.hpp>

#include <optional>

namespace penstock::fuzz
{

namespace
{

using namespace msgpack_package;

void try_map(std::string_view bytes, const json_options& options, binary binaries)
{
    std::optional<json::value> value;
    try
    {
        value = read_value(bytes, options, binaries);
    }
    catch (const msgpack_error& error)
    {
        hold(error.offset() < bytes.size(), "an error lies within the value");
        return;
    }
    hold(value->is_object(), "a map is an object");
    hold(parse_json(write_json(*value), options) == *value, "it is one that JSON can hold");
}

void try_parts(std::string_view input, bool events)
{
    std::size_t end = 0;
    parts rest(input, events);
    while (const std::optional<part> each = rest.next())
    {
        hold(each->offset >= end, "parts follow each other");
        hold(!each->bytes.empty(), "and have bytes");
        end = each->offset + each->bytes.size();
        hold(end <= input.size(), "within the body");
        hold(each->bytes.data() == input.data() + each->offset, "at their offset");
        if (!each->wrong.empty())
            continue;
        for (const std::string_view map : {each->map, each->metadata})
            if (!map.empty())
            {
                try_map(map, {.depth = 8, .members = 4}, binary::refuse);
                try_map(map, {.invalid = invalid_text::replace}, binary::as_text);
            }
    }
}

} // namespace

std::vector<std::string> seeds()
{
    using namespace std::string_literals;
    return {"\x82\xa1\x61\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xa1\x62\x93\xc0\xc3\xd0\x80"s,
            "\x81\xa1\x61\xcb\x3f\xf8\0\0\0\0\0\0\x81\xa1\x61\xca\x7f\x80\0\0"s,
            "\x92\xd7\0\x5f\xee\x66\0\x1d\xcd\x65\0\x81\xa3log\xa2hi"s,
            "\x92\x92\xce\x5f\xee\x66\0\x81\xa1k\x01\x80"s,
            "\xdd\0\0\0\x02\xdf\0\0\0\x01\xd9\x01\x61\xc4\x01\xff\xde\0\x01\xa1\xff\xda\0\x01z"s,
            "\x81\xa1t\xc7\x0c\xff\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xff"s,
            "\x81\xa1\x61\x91\x91\x91\x91\x91\x91\x91\x91\x90"s,
            "\x85\xa1\x61\0\xa1\x62\0\xa1\x63\0\xa1\x64\0\xa1\x65\0"s,
            "\x80\r\n\xc1\x80"s};
}

void try_input(std::string_view input)
{
    try_parts(input, true);
    try_parts(input, false);
}

} // namespace penstock::fuzz
