// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "address.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace brokers
{
namespace
{

bool take_scheme(std::string_view& url, std::string_view scheme)
{
    const std::string begin = std::string(scheme) + "://";
    if (scheme.empty() || !url.starts_with(begin))
        return false;
    url.remove_prefix(begin.size());
    return true;
}

std::uint16_t port_of(std::string_view text)
{
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

} // namespace

address address_of(std::string_view url, const address_form& form)
{
    const auto wrong = [&]
    {
        return std::invalid_argument(
            "has what is no address of a server; " + std::string(form.scheme) + "://HOST[:PORT]" +
            (form.secure_scheme.empty()
                 ? std::string()
                 : ", or the same with " + std::string(form.secure_scheme) + ",") +
            " was expected");
    };
    address made;
    made.is_secure = take_scheme(url, form.secure_scheme);
    if (!made.is_secure && !take_scheme(url, form.scheme))
        throw wrong();
    std::string_view place = url.substr(0, url.find('/'));
    if (place.size() < url.size())
        made.path = url.substr(place.size() + 1);
    if (place.find('@') != std::string_view::npos)
        throw std::invalid_argument("has credentials, which everybody sees; the parameters user "
                                    "and password were expected");
    const bool is_bracketed = place.starts_with('[');
    const std::size_t end =
        is_bracketed ? place.find(']') : std::min(place.find(':'), place.size());
    if (end == std::string_view::npos || end == (is_bracketed ? 1U : 0U) ||
        place.find_first_of(" \t,") != std::string_view::npos)
        throw wrong();
    made.host = place.substr(is_bracketed ? 1 : 0, is_bracketed ? end - 1 : end);
    place.remove_prefix(is_bracketed ? end + 1 : end);
    made.port = made.is_secure ? form.secure_port : form.port;
    if (!place.empty())
        made.port = place.front() == ':' ? port_of(place.substr(1)) : 0;
    if (made.port == 0)
        throw wrong();
    return made;
}

} // namespace brokers
