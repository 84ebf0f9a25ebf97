// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/data_routes.hpp"

#include "host/api/data/admission_refusal.hpp"
#include "host/api/data/data_finding.hpp"
#include "host/api/data/intake.hpp"
#include "host/api/data/raw_answer.hpp"
#include "host/api/data/request_meta.hpp"

#include <string_view>
#include <utility>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t longest_key = 255;

bool brings_data(std::string_view method) noexcept
{
    return method == "POST" || method == "PUT";
}

http::response refuse_data(const http::refusal& why, const plan& graph)
{
    http::response made = http::response::problem(why.status(), {}, why.why());
    if (why.status() == 415)
        made.headers.add("Accept-Post", accepted_types(graph));
    if (why.status() == 503)
        made.headers.add("Retry-After", "60");
    return made;
}

http::response key_in_progress()
{
    return http::response::problem(409, {}, "idempotency-key: a request with it is in progress");
}

// HEAD asks what GET would answer, and a safe method starts nothing: no entry, hence no receipt.
http::response look_at(const running_graph& graph)
{
    if (auto refused = refuse_early(graph))
        return *std::move(refused);
    return {.status = 202, .headers = {}, .body = {}};
}

} // namespace

data_routes::data_routes(engine& graphs, data_options options, background_pool& disk,
                         const authenticator* authentication)
    : graphs_(graphs),
      options_(std::move(options)),
      authentication_(authentication),
      keys_(options_.idempotency_keys, options_.idempotency_window),
      take_slowly_(in_background(disk, [this](http::request& received, const path_arguments& path,
                                              const http::reply& answer)
                                 { take_in(received, path, answer); }))
{
}

void data_routes::add_to(router& table)
{
    add_to(table, "/data");
    add_to(table, "/graphs/{graph}/data");
}

void data_routes::add_to(router& table, const std::string& prefix)
{
    const std::vector<query_description> query{
        {"ack", "when to answer: memory, durable, replicated or processed"},
        {"wait", "how long ack=processed and ack=replicated wait at most, as in 10s"}};
    const std::vector<answer_description> answers{
        {200,
         "processed: the counts of the receipt, and the replies; or what a raw http/reply got, "
         "with its status and type"},
        {202, "accepted: the receipt tells the rest"},
        {204, "processed: a graph with a raw http/reply had no answer to a GET"},
        {400, "an empty or malformed body, or a wrong query"},
        {404, "no such graph"},
        {409, "the idempotency key is in progress"},
        {413, "the body, decompressed body or entry is over its limit"},
        {415, "no media type, or none that the graph accepts"},
        {422, "the idempotency key was used for another request"},
        {429, "the graph is full"},
        {503, "the graph does not run, or what was asked for cannot be promised"}};
    const auto add = [&](const char* method, const char* rest, const char* summary)
    {
        table.add({.method = method,
                   .path = prefix + rest,
                   .needs = scope::ingest,
                   .summary = summary,
                   .query = query,
                   .answers = answers,
                   .body = brings_data(method) ? "*/*" : "",
                   .audience_for = [this](const http::request& head, const path_arguments& path)
                   { return audience_of(head, path); },
                   .screen = [this](http::request& head, const path_arguments& path)
                   { return screen(head, path); },
                   .act = [this](http::request& received, const path_arguments& path,
                                 const http::reply& answer) { take(received, path, answer); }});
    };
    for (const char* rest : {"", "/{route}", "/{route}/{id}"})
    {
        add("POST", rest, "Lets a body into the graph, or each part of one.");
        add("GET", rest, "Sends a trigger to the adapters that take them.");
    }
    add("PUT", "/{route}/{id}", "Lets a body into the graph, or each part of one.");
    add("DELETE", "/{route}/{id}", "Sends a trigger that asks for the deletion of an item.");
}

// The graph that an address names, or else that of `/data`; null if it does not run.
std::shared_ptr<running_graph> data_routes::graph_of(const path_arguments& path) const
{
    const std::string_view named = path["graph"];
    const std::string_view name = named.empty() ? options_.default_graph : named;
    return name.empty() ? graphs_.first() : graphs_.running(name);
}

http::audience data_routes::audience_of(const http::request& head, const path_arguments& path) const
{
    if (!is_visit_of_page(head))
        return http::audience::own;
    const auto graph = graph_of(path);
    const auto version = graph == nullptr ? nullptr : graph->current_plan();
    return version != nullptr && version->replies_whole() ? http::audience::visitors
                                                          : http::audience::own;
}

// Finds the graph and reads the header; an answer refuses.
std::optional<http::response>
data_routes::find(const http::request& asked, const path_arguments& path, data_finding& what) const
{
    if (auto refused = find_graph(graphs_, path["graph"], options_.default_graph, asked, what))
        return refused;
    what.is_page = what.version->replies_whole() && asked.method == "GET";
    const acknowledgement usual = what.is_page ? acknowledgement::processed : options_.usual;
    const auto wish =
        read_wish(asked, usual, graphs_.journal(), *what.version, options_.longest_wait);
    if (!wish)
        return refuse_data(wish.error(), *what.version);
    what.wish = *wish;
    if (!brings_data(asked.method))
        return std::nullopt;
    if (!asked.has_body)
        return http::response::problem(400, {}, "the body is empty");
    if (!what.type)
    {
        auto type = read_type(asked, *what.version);
        if (!type)
            return refuse_data(type.error(), *what.version);
        what.type = *std::move(type);
    }
    if (const auto why = object_to_type(*what.type, *what.version))
        return refuse_data(*why, *what.version);
    return std::nullopt;
}

std::optional<http::response> data_routes::screen(http::request& head, const path_arguments& path)
{
    data_finding& what = data_finding::in(head.found);
    if (auto refused = find(head, path, what))
        return refused;
    // Looked at again with the body there. With an idempotency key it may have its place already.
    if (head.has_body && !head.headers.find("Idempotency-Key"))
        if (auto refused = refuse_early(*what.graph))
            return refused;
    if (head.content_length && *head.content_length > what.graph->pending().limits().bytes)
        return refuse(admission::too_large, *what.graph);
    what.kept = std::exchange(what.graph, nullptr); // else it could not end before the body
    return std::nullopt;
}

// What was found out from the header, unless another version runs by now; or null.
data_finding* data_routes::found_before(const http::request& received,
                                        const path_arguments& path) const
{
    data_finding* const what = data_finding::of(received.found.get());
    if (what == nullptr)
        return nullptr;
    what->graph = what->kept.lock();
    const bool holds = what->graph != nullptr && what->graph == graph_of(path) &&
                       what->version == what->graph->current_plan();
    return holds ? what : nullptr;
}

void data_routes::take(http::request& received, const path_arguments& path,
                       const http::reply& answer)
{
    if (is_slow(received))
        take_slowly_(received, path, answer);
    else
        take_in(received, path, answer);
}

void data_routes::take_in(http::request& received, const path_arguments& path,
                          const http::reply& answer)
{
    data_finding anew;
    data_finding* const found = found_before(received, path);
    data_finding& what = found != nullptr ? *found : anew;
    if (found == nullptr)
        if (auto refused = find(received, path, what))
            return answer(*std::move(refused));
    if (received.head_only)
        return answer(look_at(*what.graph));
    // A client that did not get its answer sends the question again.
    const bool keep = received.method != "GET" || what.wish.level != acknowledgement::processed;
    if (const journal_trouble trouble = graphs_.journal().trouble();
        keep && !trouble.reason.empty())
        return answer(http::response::unavailable(trouble.reason, trouble.passes ? 1 : 10));
    try
    {
        if (auto again = repeated(what, received))
            return answer(*std::move(again));
        if (auto refused = enter(received, path, what, keep, answer))
        {
            give_up_key(what);
            answer(*std::move(refused));
        }
    }
    catch (...)
    {
        give_up_key(what);
        throw;
    }
}

// Makes an entry of a request whose key is claimed, and hands it to its graph; an answer refuses.
std::optional<http::response> data_routes::enter(http::request& received,
                                                 const path_arguments& path,
                                                 const data_finding& what, bool keep,
                                                 const http::reply& answer)
{
    auto meta = read_meta(received, path["route"], path["id"]);
    if (!meta)
        return refuse_data(meta.error(), *what.version);
    auto made = std::make_unique<entry>();
    made->key = ordering_key(*meta, *what.version);
    if (what.type)
    {
        auto packets =
            read_packets(received, *what.type, *std::move(meta), *what.version, options_.bounds);
        if (!packets)
            return refuse_data(packets.error(), *what.version);
        made->packets = *std::move(packets);
    }
    else
    {
        made->packets.push_back({*std::move(meta), {}}); // a trigger
    }
    made->bytes = size_of(*made);
    made->keep = keep;
    return submit(std::move(made), what, answer);
}

// The next request with the key is the first again.
void data_routes::give_up_key(const data_finding& what)
{
    if (!what.key.empty())
        keys_.forget(what.key);
}

// Claims the idempotency key, if there is one; an answer ends the request here.
std::optional<http::response> data_routes::repeated(data_finding& what,
                                                    const http::request& received)
{
    const std::string_view key = received.headers.value("Idempotency-Key");
    if (key.empty())
        return std::nullopt;
    if (key.size() > longest_key)
        return http::response::problem(400, {},
                                       "idempotency-key: too long; up to " +
                                           std::to_string(longest_key) +
                                           " characters were expected");
    const std::string sender = authentication_ ? authentication_->sender_of(received) : "";
    std::string name = key_name(what.graph->name(), key, sender);
    what.fingerprint = fingerprint(received);
    idempotency::claim claim = keys_.take(name, what.fingerprint);
    if (claim.is == idempotency::key_state::fresh)
    {
        what.key = std::move(name);
        claim =
            used_before(graphs_, what.key, key_name(what.graph->name(), key, {}), what.fingerprint);
        if (claim.is != idempotency::key_state::fresh)
            give_up_key(what);
    }
    switch (claim.is)
    {
    case idempotency::key_state::fresh: return std::nullopt;
    case idempotency::key_state::in_progress: return key_in_progress();
    case idempotency::key_state::other_body:
        return http::response::problem(422, {}, "idempotency-key: it was used for another request");
    case idempotency::key_state::repeated: break;
    }
    const bool tell = what.wish.waits && claim.first->is_done();
    return tell ? processed(*claim.first, what.wish.level)
                : accepted(*claim.first, what.wish.level, graphs_.journal().replicates());
}

std::optional<http::response> data_routes::submit(std::unique_ptr<entry> made,
                                                  const data_finding& what,
                                                  const http::reply& answer)
{
    made->idempotency_key = what.key;
    if (!what.key.empty())
        made->fingerprint = what.fingerprint;
    const ack_wish& wish = what.wish;
    made->promised = wish.level == acknowledgement::memory;
    if (wish.waits)
        made->done = [answer, level = wish.level, is_page = what.is_page](const receipt& of)
        { answer(processed_answer(of, level, is_page)); };
    const auto until = wish.waits ? http::completion::clock::now() + wish.wait
                                  : http::completion::clock::time_point{};
    const bool is_accepted_at_once = !made->keep || made->promised;
    if (!is_accepted_at_once)
        made->committed = [this, answer, wish, until,
                           key = what.key](commit how, const std::shared_ptr<const receipt>& of)
        {
            if (is_kept(how, of, key, answer))
                acknowledge(of, wish, graphs_.journal().replicates(), until, has_concluded_,
                            answer);
        };
    std::shared_ptr<const receipt> issued;
    const admission outcome = what.graph->submit(made, &issued);
    if (outcome != admission::accepted)
        return refuse(outcome, *what.graph);
    if (is_accepted_at_once && !what.key.empty())
        keys_.accept(what.key, issued);
    if (is_accepted_at_once)
        acknowledge(issued, wish, false, until, has_concluded_, answer);
    return std::nullopt;
}

// The journal has kept or refused an entry that nothing was promised about yet.
bool data_routes::is_kept(commit how, const std::shared_ptr<const receipt>& of,
                          const std::string& key, const http::reply& answer)
{
    if (how != commit::kept)
    {
        if (!key.empty())
            keys_.forget(key);
        answer(how == commit::repeated
                   ? key_in_progress() // at another host
                   : http::response::unavailable(graphs_.journal().trouble().reason, 1));
        return false;
    }
    if (!key.empty())
        keys_.accept(key, of);
    return true;
}

} // namespace penstock::host::api
