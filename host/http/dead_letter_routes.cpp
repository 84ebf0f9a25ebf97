// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/dead_letter_routes.hpp"

#include "host/http/timestamp.hpp"
#include "host/packages/problem.hpp"

#include <penstock/json.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <system_error>

namespace penstock::host::http
{

namespace
{

constexpr std::size_t usual_count = 100;
constexpr std::size_t greatest_count = 1000;

json::object letter_json(const dead_letter& letter)
{
    return {{"id", letter.id},
            {"graph", letter.graph},
            {"node", letter.node},
            {"component", letter.component},
            {"reason", letter.reason},
            {"attempts", letter.attempts},
            {"time", timestamp(letter.time)},
            {"receipts", json::array(letter.receipts.begin(), letter.receipts.end())},
            {"packet", letter.packet}};
}

response no_letter(std::string_view id)
{
    return response::problem(404, {}, "there is no dead letter " + quote(id));
}

response list(const request& asked, const host::dead_letters& letters)
{
    std::size_t count = usual_count;
    if (const auto limit = asked.parameter("limit"))
    {
        const auto [end, error] =
            std::from_chars(limit->data(), limit->data() + limit->size(), count);
        if (error != std::errc{} || end != limit->data() + limit->size() || count == 0 ||
            count > greatest_count)
            return response::problem(400, {},
                                     "limit: no such number; 1 to " +
                                         std::to_string(greatest_count) + " was expected");
    }
    json::array shown;
    for (const dead_letter& each : letters.list(asked.parameter("graph").value_or(""), count))
        shown.emplace_back(letter_json(each));
    return response::json(200, write_json(json::object{{"dead_letters", std::move(shown)},
                                                       {"kept", letters.size()},
                                                       {"overflowed", letters.overflowed()}}));
}

response show(std::string_view id, const host::dead_letters& letters)
{
    const auto found = letters.find(id);
    return found ? response::json(200, write_json(letter_json(*found))) : no_letter(id);
}

response drop(std::string_view id, host::dead_letters& letters)
{
    return letters.drop(id) ? response{.status = 204, .headers = {}, .body = {}} : no_letter(id);
}

} // namespace

void add_dead_letter_routes(router& table, host::dead_letters& letters)
{
    table.add({.method = "GET",
               .path = "/api/dead-letters",
               .summary = "Lists the packets that could not be processed, the newest first.",
               .query = {{"graph", "only those of this graph"}, {"limit", "how many; 100"}},
               .answers = {{200, "the letters, and how many are kept"}},
               .act = at_once([&](const request& asked, const path_arguments&)
                              { return list(asked, letters); })});
    table.add({.method = "GET",
               .path = "/api/dead-letters/{id}",
               .summary = "Shows one dead letter.",
               .answers = {{200, "the letter"}, {404, "no such letter"}},
               .act = at_once([&](const request&, const path_arguments& path)
                              { return show(path["id"], letters); })});
    table.add({.method = "DELETE",
               .path = "/api/dead-letters/{id}",
               .summary = "Drops a dead letter.",
               .answers = {{204, "gone"}, {404, "no such letter"}},
               .act = at_once([&](const request&, const path_arguments& path)
                              { return drop(path["id"], letters); })});
}

} // namespace penstock::host::http
