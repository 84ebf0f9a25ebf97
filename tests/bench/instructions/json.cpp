// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents of three kinds read exactly and written again.

#include "counted.hpp"

#include "tests/bench/json/documents.hpp"

#include <penstock/json.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main()
{
    using penstock::bench::numbers;
    std::vector<std::string> texts;
    for (const numbers with : {numbers::few, numbers::prices, numbers::measurements})
        for (std::string& each : penstock::bench::documents(500, with))
            texts.push_back(std::move(each));
    std::size_t different = 0;
    std::string written;
    penstock::bench::count_instructions(
        [&]
        {
            for (const std::string& each : texts)
            {
                written.clear();
                penstock::write_json(penstock::parse_json(each), written);
                different += written != each;
            }
        });
    if (different != 0)
        std::fprintf(stderr, "json: %zu documents came out different\n", different);
    return different == 0 ? 0 : 1;
}
