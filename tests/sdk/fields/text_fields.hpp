// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace penstock::text_fields_tests
{

/// A packet whose fields are those of a JSON text, and stay text.
inline packet of_text(std::string_view object, const json_options& options = {})
{
    packet made;
    made.set_text_fields(json_text(bytes(std::string(object)), options));
    return made;
}

/// A packet with the same fields as values.
inline packet of_values(std::string_view object)
{
    return packet(parse_json(object).as_object());
}

inline std::string written(const packet& p)
{
    std::string text;
    p.write_fields(text);
    return text;
}

} // namespace penstock::text_fields_tests
