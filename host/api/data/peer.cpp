// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/peer.hpp"

#include "host/base/problem.hpp"
#include "host/base/quantity.hpp"

#include <penstock/json.hpp>

#include <exception>
#include <optional>
#include <system_error>
#include <utility>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t longest_answer = std::size_t{1} << 20;
constexpr unsigned seconds_to_try_again = 2;

std::string name_of(std::uint64_t number)
{
    return "host " + std::to_string(number);
}

bool is_json(const http::response& answer)
{
    const std::string_view type = answer.headers.value("Content-Type");
    return type.starts_with("application/json") || type.starts_with("application/problem+json");
}

// Why a peer refuses to answer, in its own words: its token, or the name by which it is addressed.
std::string refusal_in(const http::response& answer)
{
    std::string text = "answers " + std::to_string(answer.status);
    try
    {
        const json::value body = parse_json(answer.body);
        if (const json::object* parts = body.if_object())
            if (const json::value* said = parts->if_contains("detail"); said && said->is_string())
                text.append(": ").append(quote(said->get_string()));
    }
    catch (const json_error&) // it is not one of ours; the status must do
    {
    }
    return text;
}

// What of an answer is the client's too; its framing is not.
http::response passed_on(http::response from)
{
    http::response made{.status = from.status, .headers = {}, .body = std::move(from.body)};
    for (const std::string_view each : {"Content-Type", "Retry-After"})
        if (const auto value = from.headers.find(each))
            made.headers.add(each, *value);
    return made;
}

} // namespace

struct peer::question
{
    std::string receipt;
    http::reply give;
    std::chrono::steady_clock::time_point asked = std::chrono::steady_clock::now();
    std::atomic<bool> is_begun = false; // by a thread, which sends it
    std::atomic_flag is_settled{};
};

// What the peer answered, or why that is of no use; or, if nothing tells of the peer, why it was not
// asked.
struct peer::outcome
{
    std::optional<http::response> answer;
    std::string failure{};
    bool tells_of_peer = true;
};

peer::peer(http::peer_address address, std::uint64_t asking, peer_limits limits)
    : address_(std::move(address)), asking_(asking), limits_(std::move(limits))
{
}

background_pool& peer::line()
{
    const std::lock_guard lock(mutex_);
    if (line_ == nullptr)
        line_ = std::make_unique<background_pool>(pool_options{.threads = 2,
                                                               .most = 64,
                                                               .patience = limits_.wait,
                                                               .longest = limits_.wait,
                                                               .counts_waiting = true,
                                                               .replacements = 0});
    return *line_;
}

void peer::ask(const std::string& receipt, const http::reply& give)
{
    const auto of = std::make_shared<question>(receipt, give);
    ++asked_;
    const auto refuse = [this, of](std::string_view) { settle(*of, given_up(*of)); };
    try
    {
        if (!line().take({.run = [this, of] { answer(of); },
                          .refuse = refuse,
                          .name = "GET /receipts/" + receipt}))
            settle(*of, {.answer = {},
                         .failure = "is asked for too many receipts already",
                         .tells_of_peer = false});
    }
    catch (const std::system_error& error) // of a machine that has no more threads
    {
        settle(*of, {.answer = {},
                     .failure = std::string("cannot be asked: ") + error.what(),
                     .tells_of_peer = false});
    }
}

std::string peer::no_answer() const
{
    return "has not answered within " + write_duration(limits_.wait);
}

// By the limit, or at the end of this host.
peer::outcome peer::given_up(const question& of) const
{
    if (std::chrono::steady_clock::now() < of.asked + limits_.wait)
        return {.answer = {},
                .failure = "is asked no more, because this host is stopping",
                .tells_of_peer = false};
    if (!of.is_begun)
        return {.answer = {},
                .failure = "has not been asked within " + write_duration(limits_.wait) +
                           ", because it has not answered earlier questions",
                .tells_of_peer = false};
    return {.answer = {}, .failure = no_answer()};
}

void peer::answer(const std::shared_ptr<question>& of)
{
    if (std::chrono::steady_clock::now() >= of->asked + limits_.wait)
        return settle(*of, given_up(*of));
    of->is_begun = true;
    try
    {
        settle(*of, exchange(*of));
    }
    catch (const std::exception& error) // of a file with authorities that has become unusable
    {
        settle(*of, {.answer = {}, .failure = std::string("cannot be asked: ") + error.what()});
    }
}

peer::outcome peer::exchange(const question& of)
{
    std::unique_ptr<http::client> client = take_client();
    const auto deadline = of.asked + limits_.wait;
    client->end_by(deadline);
    http::header_list headers;
    headers.add(peer_field, std::to_string(asking_));
    auto answer = client->send("GET", "/receipts/" + of.receipt, headers);
    if (answer)
    {
        keep_client(std::move(client));
        return judge(*std::move(answer));
    }
    if (std::chrono::steady_clock::now() >= deadline)
        return {.answer = {}, .failure = no_answer()};
    return {.answer = {}, .failure = "cannot be asked: " + answer.error().message()};
}

// A 404 counts only from the host that was meant: from any other the receipt may be there all the
// same. A 429 is for this host, which has shown too many wrong tokens, and not for its client.
peer::outcome peer::judge(http::response answer) const
{
    if (answer.status == 503 && is_json(answer)) // and no balancer's
        return {.answer = passed_on(std::move(answer))};
    if (answer.status != 200 && answer.status != 404)
        return {.answer = {}, .failure = refusal_in(answer)};
    const std::string_view who = answer.headers.value(peer_field);
    if (who.empty() || !is_json(answer))
        return {.answer = {}, .failure = "does not answer as one of its peers"};
    if (who != std::to_string(address_.number))
        return {.answer = {}, .failure = "says that it is host " + quote(who)};
    return {.answer = passed_on(std::move(answer))};
}

void peer::settle(question& of, outcome what)
{
    if (of.is_settled.test_and_set())
        return;
    micros_ += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                              std::chrono::steady_clock::now() - of.asked)
                                              .count());
    if (what.tells_of_peer)
        note(what.failure);
    if (what.answer)
        return of.give(*std::move(what.answer));
    ++failed_;
    of.give(http::response::unavailable(name_of(address_.number) +
                                            ", which accepted this request, " + what.failure,
                                        seconds_to_try_again));
}

// A peer that is away is told of once, not for each question.
void peer::note(const std::string& failure)
{
    {
        const std::lock_guard lock(mutex_);
        if (is_away_ == !failure.empty())
            return;
        is_away_ = !failure.empty();
    }
    if (limits_.warn)
        limits_.warn(name_of(address_.number) + " at " + address_.at.host + ":" +
                     std::to_string(address_.at.port) + " " +
                     (failure.empty() ? "answers for its receipts again" : failure));
}

peer_counts peer::counts() const noexcept
{
    constexpr double micros_a_second = 1e6;
    return {asked_, failed_, static_cast<double>(micros_) / micros_a_second};
}

std::unique_ptr<http::client> peer::take_client()
{
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty())
        {
            auto client = std::move(idle_.back());
            idle_.pop_back();
            return client;
        }
    }
    return std::make_unique<http::client>(address_.at,
                                          http::client::settings{.timeout = limits_.wait,
                                                                 .answer_limit = longest_answer,
                                                                 .who = limits_.who});
}

void peer::keep_client(std::unique_ptr<http::client> used)
{
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(used));
}

bool peer::end(std::chrono::steady_clock::time_point deadline)
{
    background_pool* const begun = line_begun();
    return begun == nullptr || begun->end(deadline);
}

void peer::leave_behind()
{
    if (background_pool* const begun = line_begun())
        begun->leave_behind({});
}

background_pool* peer::line_begun()
{
    const std::lock_guard lock(mutex_);
    return line_.get();
}

} // namespace penstock::host::api
