// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Grok patterns and their definitions in plugins/extract: what stands in a graph, and in a file that
// it names.

#include "plugins/extract/grok_expansion.hpp"
#include "plugins/extract/grok_pattern.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace penstock::fuzz
{

namespace
{

using namespace extract_package;

// Before the first line end is a pattern, behind it are definitions.
void try_pattern(std::string_view input)
{
    const std::size_t end = std::min(input.find('\n'), input.size());
    grok_definitions definitions = usual_grok_definitions();
    try
    {
        add_grok_definitions(definitions, input.substr(end));
        grok_expansion expanded = expand_grok(input.substr(0, end), definitions);
        hold(expanded.expression.size() <= std::size_t{256} << 10, "an expression is bounded");
        const std::size_t captures = expanded.captures.size();
        hold(captures <= input.size() + expanded.expression.size(), "and so are its captures");
        grok_pattern compiled(std::move(expanded));
        std::vector<std::pair<std::string, json::value>> found;
        const bool is_match =
            compiled.match("127.0.0.1 GET /a?b=c 2326 \"x\" \xff", {.steps = 10'000}, found);
        hold(is_match || found.empty(), "nothing is found without a match");
    }
    catch (const std::invalid_argument&)
    {
    }
    catch (const match_limit_error&)
    {
    }
}

// A text that is matched by the usual patterns.
void try_text(std::string_view input)
{
    static grok_pattern compiled(
        expand_grok("%{COMBINEDAPACHELOG}|%{SYSLOGLINE}|%{URI:uri} %{IP:ip} %{QS:qs}",
                    usual_grok_definitions()));
    std::vector<std::pair<std::string, json::value>> found;
    try
    {
        const bool is_match = compiled.match(input, {.steps = 100'000}, found);
        hold(is_match || found.empty(), "nothing is found without a match");
    }
    catch (const match_limit_error&)
    {
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {"%{IP:client} %{WORD:verb} %{NUMBER:bytes:int}",
            "^%{A:a}(?<b>x)%{A:a:float}\nA %{B}+\n# none\nB [0-9]\r\n",
            "%{A}\nA %{B}\nB %{A}",
            "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a.gif HTTP/1.0\" 200 2326 \"-\" "
            "\"x\"",
            "Mar  7 04:02:16 host-1 sshd[4242]: Failed password",
            "http://[::1]:80/a?b ::ffff:10.0.0.1 'a\\'b'"};
}

void try_input(std::string_view input)
{
    try_pattern(input);
    try_text(input);
}

} // namespace penstock::fuzz
