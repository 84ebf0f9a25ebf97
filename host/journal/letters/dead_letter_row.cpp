// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/dead_letter_row.hpp"

#include <penstock/json.hpp>

#include <stdexcept>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

std::string text_of(const std::vector<std::string>& receipts)
{
    json::array list;
    for (const std::string& each : receipts)
        list.emplace_back(each);
    return write_json(list);
}

} // namespace

dead_letter_row::dead_letter_row(std::uint64_t of, dead_letter content)
    : number(of), what(std::move(content)), receipts(text_of(what.receipts))
{
    try
    {
        write_json(what.packet, packet);
    }
    catch (const std::invalid_argument& problem)
    {
        packet = "{}";
        what.reason += std::string("; its packet cannot be kept: ") + problem.what();
    }
    what.packet.clear();
    what.receipts.clear();
}

std::size_t dead_letter_row::bytes() const noexcept
{
    return what.graph.size() + what.node.size() + what.component.size() + what.reason.size() +
           packet.size() + receipts.size();
}

dead_letter to_head(const dead_letter_row& row)
{
    dead_letter made = row.what;
    made.id = std::to_string(row.number);
    return made;
}

dead_letter to_dead_letter(const dead_letter_row& row)
{
    dead_letter made = to_head(row);
    read_json(made, row.packet, row.receipts);
    return made;
}

void read_json(dead_letter& into, std::string_view packet, std::string_view receipts)
{
    into.packet = parse_json(packet, own_text).as_object();
    const json::value list = parse_json(receipts, own_text);
    for (const json::value& each : list.as_array())
        into.receipts.emplace_back(each.as_string());
}

} // namespace penstock::host
