// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Targets of requests: paths, queries, and the escapes in them.

#include "target.hpp"

#include "host/base/utf8.hpp"
#include "host/net/query.hpp"

namespace penstock::fuzz
{

namespace
{

using namespace host;
using namespace host::http;

bool is_clean(const std::string& text)
{
    return is_utf8(text) && text.find('\0') == text.npos;
}

} // namespace

std::vector<std::string> seeds()
{
    return {"/data/q/a%2Fb%20c?ack=processed&wait=10s&x=a+b%3d", "/%E4%BD%A0/?=&&=%41", "/..%2f.",
            "/a//b/%F0%9F%98%80", "\xed\xa0\x80\xc0\xaf\xf5\x80\x80\x80"};
}

void try_input(std::string_view input)
{
    if (const auto plain = percent_decode(input); plain.has_value())
        hold(is_clean(*plain), "what is decoded is UTF-8 without NUL");
    if (const auto path = decode_path(input); path.has_value())
        for (const std::string& each : *path)
            hold(is_clean(each) && each != "." && each != "..", "no segment leads elsewhere");
    if (const auto query = decode_query(input); query.has_value())
        for (const query_parameter& each : *query)
            hold(is_clean(each.name) && is_clean(each.value), "a query is UTF-8 without NUL");
    const std::string repaired = repair_utf8(std::string(input));
    hold(is_utf8(repaired), "what is repaired is UTF-8");
    hold(!is_utf8(input) || repaired == input, "what is UTF-8 needs no repair");
}

} // namespace penstock::fuzz
