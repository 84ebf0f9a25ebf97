// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/acknowledgement.hpp"

#include "host/base/quantity.hpp"
#include "host/base/timestamp.hpp"

#include <string>
#include <utility>

namespace penstock::host::api
{

using namespace std::string_view_literals;

namespace
{

std::string_view durability(bool durable)
{
    return durable ? "durable" : "memory";
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

http::response answer(unsigned status, std::string_view id, bool durable, std::string body)
{
    http::response made = http::response::json(status, std::move(body));
    made.headers.add("Location", std::string("/receipts/").append(id));
    made.headers.add("Penstock-Durability", durability(durable));
    return made;
}

http::response accepted_answer(std::string_view id, bool durable)
{
    std::string body; // by hand, for neither needs escapes
    body.append(R"({"receipt":")"sv).append(id).append(R"(","durability":")"sv);
    body.append(durability(durable)).append("\"}"sv);
    return answer(202, id, durable, std::move(body));
}

// The answer to nearly every request, and so prepared.
const http::prepared_answer& accepted_form(bool durable)
{
    constexpr std::string_view id = http::prepared_answer::place_of_id;
    static const http::prepared_answer on_disk(accepted_answer(id, true));
    static const http::prepared_answer in_memory(accepted_answer(id, false));
    return durable ? on_disk : in_memory;
}

// What is only promised to be in memory is not said to be durable, even if it is by now.
bool is_durable(const receipt& of, acknowledgement promised)
{
    return promised != acknowledgement::memory && of.is_durable();
}

} // namespace

http::checked<ack_wish> read_wish(const http::request& asked, acknowledgement usual, bool durable,
                                  std::chrono::milliseconds longest_wait)
{
    ack_wish wish{.level = usual};
    if (const auto level = asked.parameter("ack"))
    {
        if (*level == "memory")
            wish.level = acknowledgement::memory;
        else if (*level == "durable")
            wish.level = acknowledgement::durable;
        else if (*level == "processed")
            wish.level = acknowledgement::processed;
        else
            return http::refusal(400,
                                 "ack: no such level; memory, durable or processed was expected");
    }
    if (wish.level == acknowledgement::durable && !durable)
        return http::refusal(503,
                             "ack: the journal of this host is in memory, so nothing is on disk; "
                             "ack=memory or ack=processed was expected");
    if (const auto wait = asked.parameter("wait"))
    {
        if (wish.level != acknowledgement::processed)
            return http::refusal(400, "wait: only ack=processed waits");
        const auto time = parse_duration(*wait);
        if (!time || *time > longest_wait)
            return http::refusal(400, "wait: no duration up to " + write_duration(longest_wait) +
                                          "; a number with ms, s or m was expected, as in 10s");
        wish.wait = *time;
    }
    return wish;
}

void acknowledge(const std::shared_ptr<const receipt>& of, acknowledgement level,
                 http::completion::clock::time_point until, const std::atomic<bool>& has_concluded,
                 const http::reply& answer)
{
    if (level == acknowledgement::processed)
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
    else
        answer(http::filled_answer{&accepted_form(is_durable(*of, level)),
                                   {of->id().high, of->id().low}});
}

http::response accepted(const receipt& of, acknowledgement promised)
{
    return accepted_answer(of.id().text(), is_durable(of, promised));
}

http::response processed(const receipt& of)
{
    const std::string id = of.id().text();
    json::object body{{"receipt", id}};
    add_counts(body, of.result());
    return answer(200, id, of.is_durable(), write_json(body));
}

json::object receipt_json(const receipt& of)
{
    json::object body{{"receipt", of.id().text()},
                      {"graph", of.graph()},
                      {"accepted", timestamp(of.accepted())},
                      {"durability", durability(of.is_durable())}};
    const bool done = of.is_done();
    body["state"] = done ? "done" : "pending";
    if (done)
        add_counts(body, of.result());
    return body;
}

} // namespace penstock::host::api
