// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bulk_lines.hpp"

#include <stdexcept>

namespace opensearch_package
{

namespace json = penstock::json;

std::string write_lines(std::vector<change>& changes, std::string_view action)
{
    std::string lines;
    for (change& each : changes)
    {
        each.begin = lines.size();
        const json::object about{{"_index", each.index}, {"_id", each.id}};
        lines.append("{\"").append(each.deletes ? "delete" : action).append("\":");
        penstock::write_json(about, lines);
        lines += "}\n";
        try
        {
            if (!each.deletes)
            {
                each.source->write_fields(lines);
                lines += '\n';
            }
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            each.wrong = error.what();
            lines.resize(each.begin);
        }
        each.end = lines.size();
    }
    return lines;
}

std::string_view lines_of(std::string_view body, std::span<const change> changes)
{
    const std::size_t begin = changes.front().begin;
    return body.substr(begin, changes.back().end - begin);
}

} // namespace opensearch_package
