// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "encoding.hpp"

#include "../reading/ascii.hpp"
#include "../reading/decode.hpp"

#include <algorithm>

namespace xml_package
{

std::string declared_encoding(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    constexpr std::string_view begin = "<?xml";
    if (!text.starts_with(begin))
        return {};
    std::string_view declaration = text.substr(0, 1024);
    declaration = declaration.substr(0, declaration.find("?>"));
    const std::size_t name = declaration.find("encoding");
    if (name == std::string_view::npos)
        return {};
    std::string_view rest = declaration.substr(name + std::string_view("encoding").size());
    const auto skip = [&](std::string_view these)
    { rest.remove_prefix(std::min(rest.find_first_not_of(these), rest.size())); };
    skip(space);
    if (!rest.starts_with('='))
        return {};
    rest.remove_prefix(1);
    skip(space);
    if (!rest.starts_with('"') && !rest.starts_with('\''))
        return {};
    const char quote = rest.front();
    rest.remove_prefix(1);
    return reading::lower(rest.substr(0, rest.find(quote)));
}

std::string decode(penstock::packet& body, std::string_view fallback)
{
    const std::string declared = declared_encoding(body.data().view());
    // A document whose declaration can be read is in none of the wide encodings, whatever it says.
    const bool is_wide = declared.starts_with("utf-16") || declared.starts_with("utf-32");
    return reading::decode(body, declared.empty() || is_wide ? fallback : declared);
}

} // namespace xml_package
