// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of keys and values in plugins/extract.

#include "plugins/extract/pairs.hpp"
#include "target.hpp"

#include <cstddef>

namespace penstock::fuzz
{

namespace
{

using namespace extract_package;

void try_pairs(std::string_view input, const pair_form& form)
{
    pairs rest(input, form);
    const char* end = input.data();
    std::size_t bytes = 0;
    while (const auto each = rest.next())
    {
        hold(!each->key.empty(), "a key is not empty");
        hold(each->key.data() >= end, "pairs follow each other");
        hold(each->key.data() + each->key.size() <= input.data() + input.size(), "in the text");
        hold(each->key.find_first_of(form.between) == std::string_view::npos,
             "no byte between values is in a key");
        end = each->key.data() + each->key.size() + form.assign.size();
        bytes += each->key.size() + form.assign.size() + each->value.size();
        hold(bytes <= input.size(), "pairs make no more than was there");
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {"level=info size=\"2 MB\" user='ann b' empty= x",
            R"(a="x \"y\" \\" b=\z)",
            R"(a="x b=1 c='y)",
            "a: 1; b: 2",
            "=x y = z =",
            R"(a\" a\" a\" )"};
}

void try_input(std::string_view input)
{
    try_pairs(input, {});
    try_pairs(input, {.assign = ": ", .between = ";,"});
    try_pairs(input, {.assign = "\\", .between = " ", .quotes = "\""});
}

} // namespace penstock::fuzz
