// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/dead_letter_routes.hpp"

#include "host/base/problem.hpp"
#include "host/base/timestamp.hpp"
#include "host/base/work_pauses.hpp"

#include <penstock/json.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t usual_count = 100;
constexpr std::size_t greatest_count = 1000;

// What a list tells of one letter, and of all: a packet may be as long as a body.
constexpr std::size_t longest_listed = std::size_t{16} << 10;
constexpr std::size_t longest_list = std::size_t{4} << 20;

json::object dead_letter_json(dead_letter dead_letter)
{
    json::object made{{"id", dead_letter.id},
                      {"graph", dead_letter.graph},
                      {"node", dead_letter.node},
                      {"component", dead_letter.component},
                      {"reason", dead_letter.reason},
                      {"attempts", dead_letter.attempts},
                      {"time", timestamp(dead_letter.time)}};
    if (dead_letter.left_out != 0)
    {
        made["left_out_bytes"] = dead_letter.left_out;
        if (const json::value* meta = dead_letter.packet.if_contains("meta"))
            made["meta"] = *meta;
        return made;
    }
    made["receipts"] = json::array(dead_letter.receipts.begin(), dead_letter.receipts.end());
    made["packet"] = std::move(dead_letter.packet);
    return made;
}

// A letter at a time, with pauses, and each is freed when it is written.
std::string text_of(std::vector<dead_letter> letters, const dead_letter_count& all)
{
    work_pauses pauses;
    std::string text = R"({"dead_letters":[)";
    for (dead_letter& each : letters)
    {
        if (&each != &letters.front())
            text += ',';
        write_json(dead_letter_json(std::move(each)), text);
        pauses.pause_if_due();
    }
    text.append(R"(],"kept":)").append(std::to_string(all.kept));
    text.append(R"(,"expired":)").append(std::to_string(all.expired)).append("}");
    return text;
}

http::response no_dead_letter(std::string_view id)
{
    return http::response::problem(404, {}, "there is no dead letter " + quote(id));
}

http::response list(const http::request& asked, journal_queries& kept)
{
    std::size_t count = usual_count;
    if (const auto limit = asked.parameter("limit"))
    {
        const auto [end, error] =
            std::from_chars(limit->data(), limit->data() + limit->size(), count);
        if (error != std::errc{} || end != limit->data() + limit->size() || count == 0 ||
            count > greatest_count)
            return http::response::problem(400, {},
                                           "limit: no such number; 1 to " +
                                               std::to_string(greatest_count) + " was expected");
    }
    std::vector<dead_letter> found =
        kept.dead_letters(dead_letters_asked_for(asked), {count, longest_list, longest_listed},
                          asked.parameter("before").value_or(""));
    return http::response::json(200, text_of(std::move(found), kept.count_dead_letters()));
}

http::response show(std::string_view id, journal_queries& kept)
{
    auto found = kept.find_dead_letter(id);
    return found ? http::response::json(200, write_json(dead_letter_json(*std::move(found))))
                 : no_dead_letter(id);
}

http::response drop(std::string_view id, journal_queries& kept)
{
    return kept.drop(id) ? http::response{.status = 204, .headers = {}, .body = {}}
                         : no_dead_letter(id);
}

} // namespace

dead_letter_filter dead_letters_asked_for(const http::request& asked)
{
    dead_letter_filter which;
    which.graph = asked.parameter("graph").value_or("");
    which.node = asked.parameter("node").value_or("");
    which.reason = asked.parameter("reason").value_or("");
    return which;
}

void add_dead_letter_routes(router& table, journal_queries& kept, background_pool& disk)
{
    table.add({.method = "GET",
               .path = "/api/dead-letters",
               .needs = scope::read,
               .summary =
                   "Lists the packets that could not be processed, the newest first. Of one "
                   "that takes more than 16 KiB it says how many bytes it left out, and in meta "
                   "its path, filename and id; it "
                   "ends early at 4 MiB: there are more until it is empty.",
               .query = {{"graph", "only those of this graph"},
                         {"node", "only those of this node"},
                         {"reason", "only those whose reason has this in it"},
                         {"before", "only those older than the letter with this id"},
                         {"limit", "how many; 100"}},
               .answers = {{200, "the letters, and how many are kept"}},
               .act = in_background(disk, [&](const http::request& asked, const path_arguments&)
                                    { return list(asked, kept); })});
    table.add({.method = "GET",
               .path = "/api/dead-letters/{id}",
               .needs = scope::read,
               .summary = "Shows one dead letter.",
               .answers = {{200, "the letter"}, {404, "no such letter"}},
               .act = in_background(disk, [&](const http::request&, const path_arguments& path)
                                    { return show(path["id"], kept); })});
    table.add({.method = "DELETE",
               .path = "/api/dead-letters/{id}",
               .needs = scope::admin,
               .summary = "Drops a dead letter.",
               .answers = {{204, "gone"}, {404, "no such letter"}},
               .act = in_background(disk, [&](const http::request&, const path_arguments& path)
                                    { return drop(path["id"], kept); })});
}

} // namespace penstock::host::api
