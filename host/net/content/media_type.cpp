// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/media_type.hpp"

#include "host/net/characters.hpp"
#include "host/net/message.hpp"

#include <algorithm>

namespace penstock::host::http
{

namespace
{

std::string lowered(std::string_view text)
{
    std::string low{text};
    std::ranges::transform(low, low.begin(), lower);
    return low;
}

std::string_view take_token(std::string_view& text)
{
    const auto* const end = std::ranges::find_if_not(text, is_token_char);
    const auto token = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(token.size());
    return token;
}

/// Takes a quoted string whose opening quote is still there.
std::optional<std::string> take_quoted(std::string_view& text)
{
    std::string value;
    for (std::size_t at = 1; at < text.size(); ++at)
    {
        char c = text[at];
        if (c == '"')
        {
            text.remove_prefix(at + 1);
            return value;
        }
        // Only these two need escaping; any other backslash is one of a Windows path.
        if (c == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\'))
        {
            c = text[++at];
        }
        if (is_control(c) && c != '\t')
        {
            return std::nullopt;
        }
        value += c;
    }
    return std::nullopt;
}

} // namespace

std::optional<parameter_list> parse_parameters(std::string_view text)
{
    constexpr std::size_t most = 64; // each is compared with all before it
    parameter_list parameters;
    for (text = trim(text); !text.empty(); text = trim(text))
    {
        if (text.front() != ';')
        {
            return std::nullopt;
        }
        text = trim(text.substr(1));
        if (text.empty())
        {
            break; // a last semicolon with nothing behind it is common and harmless
        }
        auto name = lowered(take_token(text));
        if (name.empty() || !text.starts_with('='))
        {
            return std::nullopt;
        }
        text.remove_prefix(1);
        auto value = text.starts_with('"') ? take_quoted(text)
                                           : std::optional{std::string{take_token(text)}};
        const bool twice =
            std::ranges::find(parameters, name, &parameter_list::value_type::first) !=
            parameters.end();
        if (!value || twice || parameters.size() == most)
        {
            return std::nullopt;
        }
        parameters.emplace_back(std::move(name), std::move(*value));
    }
    return parameters;
}

std::string_view media_type::type() const noexcept
{
    return std::string_view{essence}.substr(0, essence.find('/'));
}

std::string_view media_type::subtype() const noexcept
{
    return std::string_view{essence}.substr(essence.find('/') + 1);
}

std::optional<std::string_view> media_type::parameter(std::string_view name) const noexcept
{
    for (const auto& [key, value] : parameters)
    {
        if (key == name)
        {
            return value;
        }
    }
    return std::nullopt;
}

bool media_type::matches(std::string_view pattern) const noexcept
{
    const auto slash = pattern.find('/');
    if (slash == std::string_view::npos)
    {
        return false;
    }
    const auto covers = [](std::string_view part, std::string_view value)
    { return part == "*" || same_token(part, value); };
    return covers(pattern.substr(0, slash), type()) && covers(pattern.substr(slash + 1), subtype());
}

std::optional<media_type> parse_media_type(std::string_view text)
{
    text = trim(text);
    auto rest = text;
    const auto type = take_token(rest);
    if (type.empty() || type == "*" || !rest.starts_with('/'))
    {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    const auto subtype = take_token(rest);
    auto parameters = parse_parameters(rest);
    if (subtype.empty() || subtype == "*" || !parameters)
    {
        return std::nullopt;
    }
    return media_type{lowered(text.substr(0, type.size() + 1 + subtype.size())),
                      std::move(*parameters)};
}

} // namespace penstock::host::http
