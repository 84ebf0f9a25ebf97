// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/acknowledgement.hpp"

#include "host/base/quantity.hpp"
#include "host/base/timestamp.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace penstock::host::api
{

using namespace std::string_view_literals;

namespace
{

/// How safe a request is.
enum class safety
{
    memory,
    durable,
    replicated
};

std::string_view durability(safety of)
{
    switch (of)
    {
    case safety::memory: return "memory";
    case safety::durable: return "durable";
    case safety::replicated: break;
    }
    return "replicated";
}

safety safety_of(const receipt& of)
{
    if (of.is_done() && of.result().replicated != 0 && of.result().is_replicated())
        return safety::replicated;
    return of.is_durable() ? safety::durable : safety::memory;
}

void add_counts(json::object& to, const receipt_result& result)
{
    to["delivered"] = result.delivered;
    to["dropped"] = result.dropped;
    to["failed"] = result.failed;
    to["dead_count"] = result.dead_count;
    to["dead"] = json::array(result.dead.begin(), result.dead.end());
    if (result.replied)
        to["packets"] = result.packets;
    if (result.truncated)
        to["truncated"] = true;
}

http::response answer(unsigned status, std::string_view id, safety safe, std::string body)
{
    http::response made = http::response::json(status, std::move(body));
    made.headers.add("Location", std::string("/receipts/").append(id));
    made.headers.add("Penstock-Durability", durability(safe));
    return made;
}

http::response accepted_answer(std::string_view id, safety safe)
{
    std::string body; // by hand, for neither needs escapes
    body.append(R"({"receipt":")"sv).append(id).append(R"(","durability":")"sv);
    body.append(durability(safe)).append("\"}"sv);
    return answer(202, id, safe, std::move(body));
}

// The answer to nearly every request, and so prepared.
const http::prepared_answer& accepted_form(safety safe)
{
    constexpr std::string_view id = http::prepared_answer::place_of_id;
    static const std::array<http::prepared_answer, 3> forms{
        http::prepared_answer(accepted_answer(id, safety::memory)),
        http::prepared_answer(accepted_answer(id, safety::durable)),
        http::prepared_answer(accepted_answer(id, safety::replicated))};
    return forms.at(static_cast<std::size_t>(safe));
}

// What is only promised to be in memory is not said to be durable, even if it is by now.
safety promised_safety(const receipt& of, acknowledgement promised, bool replicates)
{
    if (promised == acknowledgement::memory || !of.is_durable())
        return safety::memory;
    return replicates ? safety::replicated : safety::durable;
}

http::response not_replicated()
{
    return http::response::unavailable("ack: this is kept, but on one machine for now; send it "
                                       "again, with its Idempotency-Key",
                                       1);
}

} // namespace

http::checked<ack_wish> read_wish(const http::request& asked, acknowledgement usual,
                                  const journal& kept, const plan& graph,
                                  std::chrono::milliseconds longest_wait)
{
    ack_wish wish{.level = usual};
    if (const auto level = asked.parameter("ack"))
    {
        if (*level == "memory")
            wish.level = acknowledgement::memory;
        else if (*level == "durable")
            wish.level = acknowledgement::durable;
        else if (*level == "replicated")
            wish.level = acknowledgement::replicated;
        else if (*level == "processed")
            wish.level = acknowledgement::processed;
        else
            return http::refusal(400,
                                 "ack: no such level; memory, durable, replicated or processed was "
                                 "expected");
    }
    if (wish.level == acknowledgement::replicated && !kept.replicates())
    {
        if (!graph.replicates())
            return http::refusal(503,
                                 "ack: nothing that this host keeps is on a second machine now; a "
                                 "journal in PostgreSQL with a synchronous standby that is "
                                 "connected, a graph whose publishers are all replicated, or "
                                 "ack=durable was expected");
        wish.waits = true;
    }
    wish.waits = wish.waits || wish.level == acknowledgement::processed;
    if (wish.level == acknowledgement::durable && kept.durability() == "memory")
        return http::refusal(503,
                             "ack: the journal of this host is in memory, so nothing is on disk; "
                             "ack=memory or ack=processed was expected");
    if (const auto wait = asked.parameter("wait"))
    {
        if (!wish.waits && wish.level != acknowledgement::replicated)
            return http::refusal(400, "wait: only ack=processed and ack=replicated wait");
        const auto time = parse_duration(*wait);
        if (!time || *time > longest_wait)
            return http::refusal(400, "wait: no duration up to " + write_duration(longest_wait) +
                                          "; a number with ms, s or m was expected, as in 10s");
        wish.wait = *time;
    }
    return wish;
}

void acknowledge(const std::shared_ptr<const receipt>& of, const ack_wish& wish, bool replicates,
                 http::completion::clock::time_point until, const std::atomic<bool>& has_concluded,
                 const http::reply& answer)
{
    const acknowledgement level = wish.level;
    if (wish.waits)
        answer.at(until,
                  [of, level, &has_concluded]
                  {
                      return has_concluded && !of->is_durable()
                                 ? http::response::unavailable(
                                       "the host ended before this was processed, and it was not "
                                       "kept",
                                       5)
                                 : accepted(*of, level);
                  });
    else if (level == acknowledgement::replicated && !replicates)
        answer(not_replicated());
    else
        answer(http::filled_answer{&accepted_form(promised_safety(*of, level, replicates)),
                                   {of->id().high, of->id().low}});
}

http::response accepted(const receipt& of, acknowledgement promised, bool replicates)
{
    if (promised == acknowledgement::replicated && !replicates)
        return not_replicated();
    return accepted_answer(of.id().text(), promised_safety(of, promised, replicates));
}

http::response processed(const receipt& of, acknowledgement promised)
{
    if (promised == acknowledgement::replicated && !of.result().is_replicated())
        return http::response::unavailable("ack: this was processed, and one machine alone has a "
                                           "part of what came of it; see /receipts/" +
                                               of.id().text(),
                                           60);
    const std::string id = of.id().text();
    json::object body{{"receipt", id}};
    add_counts(body, of.result());
    return answer(200, id, safety_of(of), write_json(body));
}

json::object receipt_json(const receipt& of)
{
    json::object body{{"receipt", of.id().text()},
                      {"graph", of.graph()},
                      {"accepted", timestamp(of.accepted())},
                      {"durability", durability(safety_of(of))}};
    const bool done = of.is_done();
    body["state"] = done ? "done" : "pending";
    if (done)
        add_counts(body, of.result());
    return body;
}

} // namespace penstock::host::api
