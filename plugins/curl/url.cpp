// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "url.hpp"

#include "../reading/ascii.hpp"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

namespace curl
{
namespace
{

struct url_end
{
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

using parsed_url = std::unique_ptr<CURLU, url_end>;

// Null if the text is no URL of HTTP.
parsed_url parse(const std::string& text)
{
    parsed_url url(curl_url());
    if (url != nullptr && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

std::string part_of(const parsed_url& url, CURLUPart which)
{
    char* found = nullptr;
    if (url == nullptr || curl_url_get(url.get(), which, &found, 0) != CURLUE_OK)
        return {};
    std::string text = found;
    curl_free(found);
    return text;
}

// Also as `%2e`, which is the same.
bool is_dots(std::string_view segment)
{
    std::size_t dots = 0;
    for (; !segment.empty(); ++dots)
    {
        const bool is_encoded = segment.starts_with("%2e") || segment.starts_with("%2E");
        if (!is_encoded && segment.front() != '.')
            return false;
        segment.remove_prefix(is_encoded ? 3 : 1);
    }
    return dots == 1 || dots == 2;
}

// Whether a reference begins with a scheme (RFC 3986, 3.1).
bool has_scheme(std::string_view reference)
{
    const std::string_view scheme = reference.substr(0, reference.find_first_of(":/?#"));
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return scheme.size() < reference.size() && reference[scheme.size()] == ':' && !scheme.empty() &&
           is_letter(scheme.front()) &&
           std::ranges::all_of(scheme,
                               [&](char c) {
                                   return is_letter(c) || (c >= '0' && c <= '9') || c == '+' ||
                                          c == '-' || c == '.';
                               });
}

bool is_visible(char c)
{
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f';
}

} // namespace

std::string origin_of(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return "url";
    std::string_view authority = url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    authority = authority.substr(authority.rfind('@') + 1); // npos + 1 is 0
    return std::string(url.substr(0, scheme + 3)).append(authority);
}

std::string host_of(const std::string& url)
{
    std::string host = part_of(parse(url), CURLUPART_HOST);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    return reading::lower(host);
}

std::string problem_of_url(const std::string& url)
{
    constexpr std::string_view expected = "; http://HOST or https://HOST was expected";
    if (url.empty())
        return std::string("is empty").append(expected);
    const parsed_url parsed = std::ranges::all_of(url, is_visible) ? parse(url) : nullptr;
    const std::string scheme = part_of(parsed, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return std::string("is no url").append(expected);
    if (!part_of(parsed, CURLUPART_USER).empty() || !part_of(parsed, CURLUPART_PASSWORD).empty())
        return "has a name or password, which everybody sees; parameters of their own were "
               "expected";
    return {};
}

std::string problem_of_path(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t begin = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    if (begin == std::string_view::npos)
        return {};
    for (std::string_view path = url.substr(begin); !path.empty();)
    {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (is_dots(path.substr(0, end)))
            return "has \"" + std::string(path.substr(0, end)) +
                   "\" in its path, which makes it another; a name was expected";
        path.remove_prefix(end);
    }
    return {};
}

std::string resolved(const std::string& base, const std::string& reference)
{
    if (reference.empty() || has_scheme(reference))
        return reference.empty() ? base : reference;
    const parsed_url url = parse(base);
    if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK)
        return reference;
    return part_of(url, CURLUPART_URL);
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                            "0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved.find(c) != std::string_view::npos)
            encoded += c;
        else
            (encoded += '%').append({digits[byte >> 4], digits[byte & 15]});
    }
    return encoded;
}

} // namespace curl
