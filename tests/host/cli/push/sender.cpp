// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/sender.hpp"

#include "host/net/server.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <mutex>
#include <vector>

BOOST_AUTO_TEST_SUITE(senders)

using namespace penstock::host::cli;
namespace http = penstock::host::http;
using namespace std::chrono_literals;

namespace
{

/// Answers with what it is given, in order, and remembers what it got.
class scripted final : public http::handler
{
public:
    explicit scripted(std::deque<http::response> answers) : answers_(std::move(answers)) {}

    std::optional<http::response> head(http::request&) override { return std::nullopt; }

    void handle(http::request& received, http::reply answer) override
    {
        const std::lock_guard lock(mutex_);
        received_.push_back(std::move(received));
        http::response next = http::response::problem(500, "", "the script is over");
        if (!answers_.empty())
        {
            next = std::move(answers_.front());
            answers_.pop_front();
        }
        answer(std::move(next));
    }

    std::vector<http::request> received()
    {
        const std::lock_guard lock(mutex_);
        return received_;
    }

private:
    std::mutex mutex_;
    std::deque<http::response> answers_;
    std::vector<http::request> received_;
};

http::response later(unsigned status, const char* after)
{
    http::response made = http::response::problem(status, "", "not now");
    if (after != nullptr)
        made.headers.set("Retry-After", after);
    return made;
}

http::response accepted()
{
    http::response made = http::response::json(202, R"({"receipt": "r1"})");
    made.headers.set("Location", "/receipts/r1");
    return made;
}

/// A host that follows a script, and a sender to it.
struct conversation
{
    scripted host;
    http::server server;
    delivery to;
    std::stop_source stopping;

    explicit conversation(std::deque<http::response> answers)
        : host(std::move(answers)), server(host, {})
    {
        to.host = {"127.0.0.1", server.listen({"127.0.0.1", 0}).value(), ""};
        to.target = "/data?ack=processed";
        to.processed = true;
        to.key = "K";
        server.start();
    }

    outcome send()
    {
        sender one(to, stopping.get_token(), [](const std::string&) {});
        return one.send(
            {.number = 7, .source = "a", .type = "application/json", .body = "{}", .records = 1});
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_full_host_is_asked_again_with_the_same_key)
{
    conversation with({later(429, "0"), later(503, "0"),
                       http::response::json(200, R"({"delivered": 2, "dead_count": 1})")});
    const outcome result = with.send();
    BOOST_TEST((result.is == outcome::kind::accepted));
    BOOST_TEST(result.retries == 2);
    BOOST_TEST(result.ends.delivered == 2);
    BOOST_TEST(result.ends.dead == 1);
    const std::vector<http::request> received = with.host.received();
    BOOST_REQUIRE(received.size() == 3);
    for (const http::request& each : received)
    {
        BOOST_TEST(each.body == "{}");
        BOOST_TEST(each.target == "/data?ack=processed");
        BOOST_TEST(each.headers.value("Content-Type") == "application/json");
        BOOST_TEST(each.headers.value("Idempotency-Key") == "K-7");
    }
}

BOOST_AUTO_TEST_CASE(patience_ends)
{
    conversation with({later(429, "60")});
    with.to.patience = 100ms;
    const outcome result = with.send();
    BOOST_TEST((result.is == outcome::kind::refused));
    BOOST_TEST(result.status == 429);
    BOOST_TEST(result.detail == "429 Too Many Requests: not now");
}

BOOST_AUTO_TEST_CASE(a_refusal_for_good_is_not_repeated)
{
    conversation with({later(503, nullptr), later(415, nullptr)});
    BOOST_TEST((with.send().is == outcome::kind::refused));
    BOOST_TEST((with.send().is == outcome::kind::refused));
    BOOST_TEST(with.host.received().size() == 2);
}

BOOST_AUTO_TEST_CASE(a_receipt_is_followed_until_it_is_done)
{
    conversation with({accepted(), http::response::json(200, R"({"state": "pending"})"),
                       http::response::json(200, R"({"state": "done", "dropped": 3})")});
    const outcome result = with.send();
    BOOST_TEST((result.is == outcome::kind::accepted));
    BOOST_TEST(result.ends.dropped == 3);
    BOOST_TEST(with.host.received().back().target == "/receipts/r1");
}

BOOST_AUTO_TEST_CASE(a_receipt_that_is_never_done_stays_pending)
{
    conversation with({accepted()});
    with.to.patience = 300ms;
    BOOST_TEST((with.send().is == outcome::kind::pending));
}

BOOST_AUTO_TEST_CASE(nobody_there_is_lost_after_a_while)
{
    conversation with({});
    with.server.stop(std::chrono::steady_clock::now());
    with.to.patience = 150ms;
    const outcome result = with.send();
    BOOST_TEST((result.is == outcome::kind::lost));
    BOOST_TEST(result.detail != "");
}

BOOST_AUTO_TEST_CASE(all_of_the_patience_is_used)
{
    conversation with({accepted()});
    with.to.patience = 400ms; // pauses of 100 ms and 200 ms, and what is left
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST((with.send().is == outcome::kind::pending));
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 400ms));
    BOOST_TEST(with.host.received().size() >= 2u);
}

BOOST_AUTO_TEST_CASE(dead_letters_come_with_their_reasons)
{
    conversation with({http::response::json(
        200, R"({"dead_count": 2, "dead": [{"node": "set", "reason": "no"}, {"reason": "x"}]})")});
    const outcome result = with.send();
    BOOST_TEST(result.reasons == (std::vector<std::string>{"set: no", "x"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(stopping_ends_the_waiting)
{
    conversation with({later(429, "30")});
    with.stopping.request_stop();
    BOOST_TEST((with.send().is == outcome::kind::refused));
}

BOOST_AUTO_TEST_SUITE_END()
