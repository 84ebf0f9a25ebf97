// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/replay_routes.hpp"

#include "host/api/data/acknowledgement.hpp"
#include "host/api/data/admission_refusal.hpp"
#include "host/api/data/dead_letter_routes.hpp"
#include "host/api/data/request_meta.hpp"
#include "host/lane/lane_ingress.hpp"

#include <penstock/nearest.hpp>

#include <algorithm>
#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t dead_letters_at_a_time = 256;
constexpr std::size_t bytes_at_a_time = std::size_t{16} << 20;
const dead_letter_limits without_packets{dead_letters_at_a_time, bytes_at_a_time, 0};
constexpr auto longest_commit = std::chrono::seconds(30);

http::response try_later(std::string_view why)
{
    return http::response::unavailable(why, 5);
}

// What an entry would enter at must be there: else it would be dropped, or die again.
std::optional<http::response> object_to(const entry& made, const plan& graph)
{
    const auto node_called = [&](const std::string& name)
    { return std::ranges::find(graph.nodes, name, &planned_node::name); };
    if (!made.node.empty())
    {
        const auto node = node_called(made.node);
        if (node == graph.nodes.end() || made.port >= node->inputs.size())
            return http::response::problem(
                409, {},
                "node \"" + made.node +
                    "\" is not in the version that runs, or has fewer inputs; "
                    "from \"start\" was expected");
        return std::nullopt;
    }
    if (!made.source.empty())
    {
        if (node_called(made.source) == graph.nodes.end())
            return http::response::problem(
                409, {}, "source \"" + made.source + "\" is not in the version that runs");
        return std::nullopt;
    }
    for (const entry_packet& each : made.packets)
        if (std::ranges::none_of(graph.nodes,
                                 [&](const planned_node& node) { return takes(node, each.media); }))
            return http::response::problem(
                415, {},
                each.media.empty() ? "no adapter of the graph takes triggers"
                                   : "no adapter of the graph accepts " + std::string(each.media));
    return std::nullopt;
}

std::optional<replay_from> read_from(std::string_view text)
{
    if (text == "node")
        return replay_from::node;
    if (text == "start")
        return replay_from::start;
    return std::nullopt;
}

http::response wrong_from()
{
    return http::response::problem(400, {},
                                   "from: no such place; \"node\" or \"start\" was expected");
}

// Many dead letters at once are meant by a filter, or by saying so.
std::optional<http::response> object_to_scope(const http::request& asked,
                                              const dead_letter_filter& which)
{
    if (!which.graph.empty() || !which.node.empty() || !which.reason.empty() ||
        asked.parameter("all") == "true")
        return std::nullopt;
    return http::response::problem(
        400, {}, "no letters are named; graph, node, reason or all=true was expected");
}

} // namespace

// One dead letter on its way back into its graph.
struct replay_routes::attempt
{
    dead_letter of;
    std::shared_ptr<const receipt> issued{};
    std::future<commit> committed{};
};

replay_routes::replay_routes(engine& graphs, api_limits bounds, background_pool& slow)
    : graphs_(graphs), bounds_(bounds), slow_(slow)
{
}

void replay_routes::add_to(router& table)
{
    const std::vector<query_description> filter{
        {"graph", "those of this graph"},
        {"node", "those of this node"},
        {"reason", "those whose reason has this in it"},
        {"all", "true: all letters, if there is no other filter"}};
    std::vector<query_description> filter_and_from = filter;
    filter_and_from.push_back({"from", "node, or start; node"});
    table.add(
        {.method = "POST",
         .path = "/api/dead-letters/{id}/replay",
         .needs = scope::deploy,
         .summary = "Has a packet tried again, edited if one is sent, and drops the letter.",
         .answers = {{202, "accepted: the receipt tells the rest"},
                     {400, "the body is not {\"from\", \"packet\"}"},
                     {404, "no such letter"},
                     {409, "the graph, or the node, is not there any more"},
                     {415, "no adapter takes the packet"},
                     {422, "the packet cannot be read"},
                     {429, "the graph is full"},
                     {503, "the graph does not run, or the journal takes in nothing"}},
         .body = "application/json",
         .act = in_background(slow_, [this](const http::request& asked, const path_arguments& path)
                              { return replay_one(asked, path["id"]); })});
    table.add({.method = "POST",
               .path = "/api/dead-letters/replay",
               .needs = scope::deploy,
               .summary = "Has the packets of many letters tried again, the newest first.",
               .query = std::move(filter_and_from),
               .answers = {{200, "how many were, how many were refused, and why the first was"},
                           {400, "no filter"}},
               .act = in_background(slow_, [this](const http::request& asked, const path_arguments&)
                                    { return replay_many(asked); })});
    table.add({.method = "DELETE",
               .path = "/api/dead-letters",
               .needs = scope::admin,
               .summary = "Drops many dead letters.",
               .query = filter,
               .answers = {{200, "how many there were"}, {400, "no filter"}},
               .act = in_background(slow_, [this](const http::request& asked, const path_arguments&)
                                    { return drop_many(asked); })});
}

http::response replay_routes::replay_one(const http::request& asked, std::string_view id)
{
    json::object form;
    if (asked.has_body)
    {
        try
        {
            form = parse_json(asked.body,
                              {.depth = bounds_.json_depth, .members = bounds_.json_members})
                       .as_object();
        }
        catch (const std::exception& error)
        {
            return http::response::problem(400, {}, error.what());
        }
    }
    replay_from from = replay_from::node;
    const json::object* edited = nullptr;
    for (const auto& [name, value] : form)
    {
        if (name == "from")
        {
            const auto read = value.is_string() ? read_from(value.get_string()) : std::nullopt;
            if (!read)
                return wrong_from();
            from = *read;
        }
        else if (name != "packet")
            return http::response::problem(400, {},
                                           "unknown key " + quote(name) + "; " +
                                               expected_name(name, {"from", "packet"}));
        else if (edited = value.if_object(); edited == nullptr)
            return http::response::problem(400, {}, "packet: is no object; a packet was expected");
    }
    auto found = graphs_.journal().kept().find_dead_letter(id);
    if (!found)
        return http::response::problem(404, {}, "there is no dead letter " + quote(id));
    attempt one{*std::move(found)};
    if (auto refused = start(one, from, edited))
        return *std::move(refused);
    if (auto refused = finish(one))
        return *std::move(refused);
    graphs_.journal().kept().drop(one.of.id);
    return accepted(*one.issued, acknowledgement::durable);
}

http::response replay_routes::replay_many(const http::request& asked)
{
    const dead_letter_filter which = dead_letters_asked_for(asked);
    if (auto refused = object_to_scope(asked, which))
        return *std::move(refused);
    const auto from = read_from(asked.parameter("from").value_or("node"));
    if (!from)
        return wrong_from();
    journal_queries& kept = graphs_.journal().kept();
    std::uint64_t replayed = 0;
    std::uint64_t refused = 0;
    std::string why;
    std::string before;
    for (bool goes_on = true; goes_on;)
    {
        std::vector<dead_letter> page =
            kept.dead_letters(which, {dead_letters_at_a_time, bytes_at_a_time}, before);
        if (page.empty())
            break;
        before = page.back().id;
        const auto count_refused = [&](const http::response& answer)
        {
            ++refused;
            if (why.empty())
                why = parse_json(answer.body).at("detail").as_string();
            // The next would be refused as well.
            goes_on = goes_on && answer.status != 429 && answer.status != 503;
            return answer.status == 429 || answer.status == 503;
        };
        std::vector<attempt> started;
        for (dead_letter& each : page)
        {
            attempt one{std::move(each)};
            if (const auto answer = start(one, *from, nullptr); !answer)
                started.push_back(std::move(one));
            else if (count_refused(*answer))
                break;
        }
        std::vector<std::string> over;
        for (attempt& each : started)
            if (const auto answer = finish(each); !answer)
                over.push_back(each.of.id);
            else
                count_refused(*answer);
        kept.drop_all(over);
        replayed += over.size();
    }
    json::object told{{"replayed", replayed}, {"refused", refused}};
    if (!why.empty())
        told["why"] = why;
    return http::response::json(200, write_json(told));
}

http::response replay_routes::drop_many(const http::request& asked)
{
    const dead_letter_filter which = dead_letters_asked_for(asked);
    if (auto refused = object_to_scope(asked, which))
        return *std::move(refused);
    journal_queries& kept = graphs_.journal().kept();
    std::uint64_t dropped = 0;
    std::string before;
    std::vector<std::string> ids;
    do
    {
        ids.clear();
        for (const dead_letter& each : kept.dead_letters(which, without_packets, before))
            ids.push_back(each.id);
        dropped += kept.drop_all(ids);
        if (!ids.empty())
            before = ids.back();
    } while (!ids.empty());
    return http::response::json(200, write_json(json::object{{"dropped", dropped}}));
}

// Hands the packet of a dead letter to its graph by way of the journal; an answer refuses.
std::optional<http::response> replay_routes::start(attempt& of, replay_from from,
                                                   const json::object* edited)
{
    const std::shared_ptr<running_graph> graph = graphs_.running(of.of.graph);
    if (graph == nullptr)
        return http::response::problem(409, {},
                                       "there is no graph " + quote(of.of.graph) + " any more");
    const std::shared_ptr<const plan> version = graph->current_plan();
    if (version == nullptr)
        return refuse(admission::closed, *graph);
    if (const journal_trouble trouble = graphs_.journal().trouble(); !trouble.reason.empty())
        return try_later(trouble.reason);
    auto made = make_replay(of.of, from, edited, graphs_.journal().kept().original(of.of.id));
    if (!made)
        return http::response::problem(422, {}, to_string(made.error()));
    std::unique_ptr<entry> request = *std::move(made);
    if (auto refused = object_to(*request, *version))
        return refused;
    if (request->key.empty())
        request->key = ordering_key(request->packets.front().content, *version);
    auto told = std::make_shared<std::promise<commit>>();
    of.committed = told->get_future();
    request->committed = [told](commit how, const std::shared_ptr<const receipt>&)
    { told->set_value(how); };
    const admission outcome = graph->submit(request, &of.issued);
    if (outcome != admission::accepted)
        return refuse(outcome, *graph);
    return std::nullopt;
}

// Waits until the journal has it; an answer says that it has not.
std::optional<http::response> replay_routes::finish(attempt& of)
{
    if (of.committed.wait_for(longest_commit) != std::future_status::ready)
        return try_later(
            "the journal has not answered yet; the letter stays, and its packet may be "
            "tried again all the same");
    if (of.committed.get() != commit::kept)
        return try_later(graphs_.journal().trouble().reason);
    return std::nullopt;
}

} // namespace penstock::host::api
