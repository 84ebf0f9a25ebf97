// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "server_answer.hpp"

#include "../curl/url.hpp"

namespace http_package
{

std::string reason_of(const std::string& url, const curl::answer& told)
{
    constexpr std::size_t most = 200; // bytes of the answer
    std::string said = told.body.substr(0, most);
    while (said.size() < told.body.size() && !said.empty() &&
           (static_cast<unsigned char>(said.back()) & 0x80U) != 0)
        said.pop_back(); // perhaps a part of a character
    for (char& c : said)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            c = ' ';
    return curl::origin_of(url) + ": status " + std::to_string(told.status) +
           (said.empty() ? "" : ": " + said);
}

} // namespace http_package
