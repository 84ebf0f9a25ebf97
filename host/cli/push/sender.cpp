// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/sender.hpp"

#include "host/base/quantity.hpp"
#include "host/cli/host_call.hpp"
#include "host/net/problem_answer.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace penstock::host::cli
{

namespace
{

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds first_pause = 100ms;
constexpr std::chrono::milliseconds longest_pause = 2s;
constexpr std::chrono::milliseconds longest_told_pause = 30s;
constexpr std::size_t most_reasons = 5;
// Long enough for a host that is just starting, short enough for a wrong address.
constexpr std::chrono::milliseconds patience_with_strangers = 5s;

std::uint64_t count_of(const json::object& counts, std::string_view name)
{
    const json::value* found = counts.if_contains(name);
    boost::system::error_code error;
    return found != nullptr && found->is_number() ? found->to_number<std::uint64_t>(error) : 0;
}

json::object object_of(const std::string& body)
{
    try
    {
        json::value read = parse_json(body);
        return read.is_object() ? std::move(read.get_object()) : json::object();
    }
    catch (const json_error&) // not from a host of ours; there is nothing to count
    {
        return {};
    }
}

/// The first few dead letters in words: `rename: no field "name"`.
std::vector<std::string> reasons_of(const json::object& told)
{
    std::vector<std::string> reasons;
    const json::value* const dead = told.if_contains("dead");
    if (dead == nullptr || !dead->is_array())
        return reasons;
    for (const json::value& each : dead->get_array())
    {
        if (reasons.size() == most_reasons)
            break;
        const std::string node = text_of(each, "node");
        reasons.push_back((node.empty() ? "" : node + ": ") + text_of(each, "reason"));
    }
    return reasons;
}

} // namespace

sender::sender(delivery to, std::stop_token stopping, std::function<void(const std::string&)> waits)
    : to_(std::move(to)),
      stopping_(std::move(stopping)),
      waits_(std::move(waits)),
      client_({.host = to_.host.host, .port = to_.host.port, .secure = to_.host.secure},
              {.who = to_.who})
{
}

outcome sender::send(const parcel& what)
{
    http::header_list headers;
    headers.add("Content-Type", what.type);
    if (!what.coding.empty())
        headers.add("Content-Encoding", what.coding);
    headers.add("Idempotency-Key", to_.key + "-" + std::to_string(what.number));
    const clock::time_point start = clock::now();
    std::chrono::milliseconds next_pause = first_pause;
    for (outcome result;; ++result.retries)
    {
        const auto answer = client_.send("POST", to_.target, headers, what.body);
        if (!answer)
        {
            result.detail = answer.error().message();
            const auto patience =
                was_answered_ ? to_.patience : std::min(to_.patience, patience_with_strangers);
            if (!pause(next_pause, start + patience, result.detail))
                return result;
            next_pause = std::min(2 * next_pause, longest_pause);
            continue;
        }
        was_answered_ = true;
        waits_({});
        const auto told = retry_after(*answer);
        // When it is told to come later than that, it does not come at all.
        if (!told || clock::now() + *told > start + to_.patience ||
            !pause_until(clock::now() + *told, http::answer_text(*answer)))
            return judge(*answer, std::move(result));
    }
}

std::optional<std::chrono::milliseconds> sender::retry_after(const http::response& answer) const
{
    if (answer.status == 409) // our own request, sent again before it was done
        return first_pause;
    if (answer.status != 429 && answer.status != 503)
        return std::nullopt;
    const auto told = answer.headers.find("Retry-After");
    if (!told)
        return std::nullopt; // it will not be otherwise later
    const std::chrono::seconds time(parse_count(*told).value_or(1));
    return std::clamp<std::chrono::milliseconds>(time, first_pause, longest_told_pause);
}

/// Waits for a while, shorter before the deadline, after which there is no more waiting.
bool sender::pause(std::chrono::milliseconds time, clock::time_point deadline,
                   const std::string& why)
{
    const clock::time_point now = clock::now();
    return now < deadline && pause_until(std::min(now + time, deadline), why);
}

bool sender::pause_until(clock::time_point end, const std::string& why)
{
    if (stopping_.stop_requested())
        return false;
    waits_(why);
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stopping_, end, [] { return false; });
    return !stopping_.stop_requested();
}

void sender::take_ends(const json::object& told, outcome& to)
{
    to.ends = {count_of(told, "delivered"), count_of(told, "dropped"), count_of(told, "failed"),
               count_of(told, "dead_count")};
    to.reasons = reasons_of(told);
}

outcome sender::judge(const http::response& answer, outcome so_far)
{
    so_far.status = answer.status;
    if (answer.status != 200 && answer.status != 202)
    {
        so_far.is = outcome::kind::refused;
        so_far.detail = http::answer_text(answer);
        return so_far;
    }
    so_far.is = outcome::kind::accepted;
    so_far.detail.clear();
    if (answer.status == 200)
        take_ends(object_of(answer.body), so_far);
    else if (to_.processed)
        return follow(std::string(answer.headers.value("Location")), std::move(so_far));
    return so_far;
}

outcome sender::follow(const std::string& receipt, outcome so_far)
{
    const clock::time_point deadline = clock::now() + to_.patience;
    std::chrono::milliseconds next_pause = first_pause;
    while (pause(next_pause, deadline, "not processed yet"))
    {
        next_pause = std::min(2 * next_pause, longest_pause);
        const auto answer = client_.send("GET", receipt);
        if (answer && answer->status == 403)
            break; // who may send need not be one who may look
        if (!answer || answer->status != 200)
            continue;
        const json::object body = object_of(answer->body);
        const json::value* state = body.if_contains("state");
        if (state == nullptr || *state != "done")
            continue;
        waits_({});
        take_ends(body, so_far);
        return so_far;
    }
    so_far.is = outcome::kind::pending;
    return so_far;
}

} // namespace penstock::host::cli
