// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents of three kinds through what the ingest job does to a packet, without a graph around it.

#include "counted.hpp"

#include "tests/bench/json/documents.hpp"

#include <penstock/packet.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main()
{
    using penstock::bench::numbers;
    std::vector<penstock::bytes> texts;
    for (const numbers with : {numbers::few, numbers::prices, numbers::measurements})
        for (std::string& each : penstock::bench::documents(500, with))
            texts.emplace_back(std::move(each));
    std::size_t written = 0;
    std::string lines;
    penstock::bench::count_instructions(
        [&]
        {
            written = 0;
            lines.clear();
            for (const penstock::bytes& each : texts)
            {
                penstock::packet packet;
                packet.set_text_fields(penstock::json_text(each));
                packet.rename("name", "title");
                if (packet.find("essential")->get_bool())
                    continue;
                packet.set("stage", "done");
                packet.write_fields(lines);
                lines += '\n';
                ++written;
            }
        });
    const std::size_t expected = texts.size() * 49 / 50;
    if (written != expected)
        std::fprintf(stderr, "fields: %zu documents written; expected %zu\n", written, expected);
    return written == expected ? 0 : 1;
}
