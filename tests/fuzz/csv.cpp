// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of rows in plugins/csv.

#include "plugins/csv/rows.hpp"
#include "target.hpp"

#include <cstddef>

namespace penstock::fuzz
{

namespace
{

using namespace csv_package;

void try_rows(std::string_view input, const dialect& how, const row_limits& limits)
{
    const char* end = nullptr;
    std::size_t line = 0;
    rows rest(input, how, limits);
    for (row each; !rest.ended();)
    {
        rest.next(each);
        hold(!each.text.empty(), "a row has a text");
        hold(each.text.data() >= input.data() &&
                 each.text.data() + each.text.size() <= input.data() + input.size(),
             "within the body");
        hold(end == nullptr || each.text.data() >= end, "rows follow each other");
        hold(each.line > line, "and so do their lines");
        end = each.text.data() + each.text.size();
        line = each.line;
        if (!each.wrong.empty())
            continue;
        hold(each.size() >= 1 && each.size() <= limits.values, "a row has values");
        std::size_t bytes = 0;
        for (std::size_t n = 0; n < each.size(); ++n)
        {
            hold(each[n].size() <= limits.value, "which are within their bound");
            bytes += each[n].size();
        }
        hold(bytes <= each.text.size(), "and make no more than was there");
    }
    hold(end == nullptr || line <= input.size(), "there are no more lines than bytes");
}

} // namespace

std::vector<std::string> seeds()
{
    using namespace std::string_literals;
    return {"a,b\r\n1,\"2,3\"\r\n\"x\"\"y\",\"\r\n\"\r\n", "\xef\xbb\xbf#c\na;'b;c'';'\r\rd",
            "a,5\" pipe\n\"a\"b\n\"a\n\"\"\"\",\"",        "\n\n,,\n\"\"\n\"",
            "\"a\"\"\"\"\n\",b\r\n\r\n#\n\"#\"",           "a\0b,\xff\n"s};
}

void try_input(std::string_view input)
{
    try_rows(input, {}, {});
    try_rows(input, {.lazy_quotes = true}, {.value = 4, .values = 2});
    try_rows(input, {.delimiter = ';', .quote = '\'', .comment = '#'}, {.value = 3, .values = 3});
    try_rows(input, {.quote = {}, .comment = '"'}, {});
}

} // namespace penstock::fuzz
