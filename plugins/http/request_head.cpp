// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "request_head.hpp"
#include "token.hpp"

#include "../curl/url.hpp"
#include "../reading/ascii.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace http_package
{
namespace
{

namespace json = penstock::json;

// What frames a request is not the graph's to say.
constexpr std::array<std::string_view, 5> framing{"connection", "content-length", "expect", "host",
                                                  "transfer-encoding"};

// What is longer is refused by servers, some of which just cut the connection (RFC 9110, 4.1).
constexpr std::size_t longest_url = 8'000;
constexpr std::size_t longest_headers = 16'000;

bool has_controls(std::string_view text)
{
    return std::ranges::any_of(text,
                               [](char c)
                               {
                                   const auto byte = static_cast<unsigned char>(c);
                                   return (byte < ' ' && c != '\t') || byte == 0x7f;
                               });
}

// The text with each place replaced by something that fits anywhere in a URL.
std::string sample_of(std::string_view text)
{
    std::string sample;
    for (std::size_t begin = text.find("{{"); begin != std::string_view::npos;
         begin = text.find("{{"))
    {
        sample.append(text.substr(0, begin)).append("1");
        text.remove_prefix(text.find("}}", begin) + 2);
    }
    return sample.append(text);
}

// Where the path ends, which is not in a place.
std::size_t end_of_path(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size() && text[end] != '?' && text[end] != '#')
        end = text.substr(end).starts_with("{{") ? std::min(text.find("}}", end), text.size())
                                                 : end + 1;
    return end;
}

std::string in_path(std::string_view value)
{
    if (value.empty())
        throw std::invalid_argument(
            "url: an empty value in its path makes it another; a text was expected");
    return curl::percent_encoded(value);
}

} // namespace

request_head::request_head(const std::string& url, const json::object& headers)
{
    for (const std::string& wrong : {problem_of_url(url), problem_of_headers(headers)})
        if (!wrong.empty())
            throw std::invalid_argument(wrong);
    const std::size_t end = end_of_path(url);
    url_ = curl::packet_text(std::string_view(url).substr(0, end));
    query_ = curl::packet_text(std::string_view(url).substr(end));
    is_whole_ = end == url.size() && url_.only_place() != nullptr;
    for (const auto& [name, value] : headers)
        headers_.emplace_back(name, curl::packet_text(value.as_string()));
}

std::string request_head::problem_of_url(const std::string& url)
{
    if (std::string wrong = curl::packet_text::problem_of(url); !wrong.empty())
        return wrong;
    if (curl::packet_text(url).only_place() != nullptr)
        return {}; // that of each packet is looked at
    return curl::problem_of_url(sample_of(url));
}

std::string request_head::problem_of_headers(const json::object& headers)
{
    for (const auto& [name, value] : headers)
    {
        const std::string shown = "\"" + std::string(name) + "\" ";
        if (!is_token(name))
            return shown + "is no name of a field; letters, digits and - were expected";
        if (std::ranges::find(framing, reading::lower(name)) != framing.end())
            return shown + "is set by the host; another field was expected";
        if (!value.is_string())
            return shown + "has a value that is no text; one was expected";
        if (has_controls(value.get_string()))
            return shown + "has control characters; a text of one line was expected";
        if (std::string wrong = curl::packet_text::problem_of(value.get_string()); !wrong.empty())
            return shown + wrong;
    }
    return {};
}

named_part request_head::part_named_by_packets(std::string_view url)
{
    const std::size_t place = url.find("{{");
    if (place == std::string_view::npos)
        return named_part::nothing;
    const std::size_t scheme = url.find("://");
    const bool has_host =
        scheme != std::string_view::npos && url.find_first_of("/?#", scheme + 3) < place;
    return has_host ? named_part::address : named_part::host;
}

std::string request_head::url(const penstock::packet& from) const
{
    std::string filled = url_.fill(from, is_whole_ ? nullptr : &in_path);
    if (!is_whole_ && !url_.is_fixed())
        if (const std::string wrong = curl::problem_of_path(filled); !wrong.empty())
            throw std::invalid_argument("url: " + wrong);
    filled += query_.fill(from, &curl::percent_encoded);
    if (filled.size() > longest_url)
        throw std::invalid_argument("url: has " + std::to_string(filled.size()) +
                                    " bytes; at most " + std::to_string(longest_url) +
                                    " were expected");
    if (is_whole_)
        if (const std::string wrong = curl::problem_of_url(filled); !wrong.empty())
            throw std::invalid_argument(wrong);
    return filled;
}

std::vector<std::string> request_head::headers(const penstock::packet& from) const
{
    std::vector<std::string> filled;
    std::size_t bytes = 0;
    for (const auto& [name, text] : headers_)
    {
        const std::string value = text.fill(from);
        if (has_controls(value))
            throw std::invalid_argument(
                name + ": has control characters; a text of one line was expected");
        bytes += name.size() + value.size();
        if (bytes > longest_headers)
            throw std::invalid_argument("headers: have " + std::to_string(bytes) +
                                        " bytes; at most " + std::to_string(longest_headers) +
                                        " were expected");
        filled.push_back(value.empty() ? name + ';' : name + ": " + value);
    }
    return filled;
}

bool request_head::has(std::string_view name) const
{
    return std::ranges::any_of(headers_, [&](const auto& each)
                               { return reading::lower(each.first) == name; });
}

} // namespace http_package
