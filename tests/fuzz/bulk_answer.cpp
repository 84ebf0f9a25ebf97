// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Answers of engines to _bulk.

#include "target.hpp"

#include "plugins/opensearch/bulk_answer.hpp"

#include <algorithm>
#include <stdexcept>

namespace penstock::fuzz
{

namespace
{

bool is_one_line(const std::string& text)
{
    return text.size() < 2'100 &&
           std::ranges::none_of(text, [](char c) { return c == '\n' || c == '\0'; });
}

} // namespace

std::vector<std::string> seeds()
{
    return {R"({"took":1,"errors":false,"items":[{"index":{"_id":"1","status":201}}]})",
            R"({"items":[{"create":{"status":400,"error":{"type":"t","reason":"r\n",)"
            R"("caused_by":{"type":"c","reason":"é"}}}},{"delete":{"status":404}}]})",
            R"({"error":{"root_cause":[],"type":"t","reason":"r"},"status":429})",
            R"({"error":"text","detail":"x"})", "<html>"};
}

void try_input(std::string_view input)
{
    for (const std::size_t items : {1, 2})
    {
        try
        {
            const auto results = opensearch_package::read_bulk_answer(input, items);
            hold(results.size() == items, "each item has a result");
            for (const auto& each : results)
                hold(is_one_line(each.reason), "a reason is a short line");
        }
        catch (const std::runtime_error&) // it is none
        {
        }
    }
    hold(is_one_line(opensearch_package::reason_of_answer(500, input)), "a reason is a short line");
}

} // namespace penstock::fuzz
