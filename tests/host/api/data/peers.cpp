// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/peers.hpp"

#include "host/journal/numbering.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/net/awaited_answer.hpp"
#include "tests/host/net/certificate.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <deque>
#include <latch>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(peers)

using namespace penstock::host;
using namespace penstock::host::http::testing;
using namespace std::chrono_literals;
using penstock::packet_id;
using penstock::host::http::response;

namespace
{

const std::string from_host_2 = "Penstock-Peer: 2";
const std::string as_json = "Content-Type: application/json";
const std::string as_problem = "Content-Type: application/problem+json";

packet_id receipt_of(std::uint64_t host)
{
    return numbering(1, 0, 0, host).make(1, std::chrono::system_clock::now());
}

api::peer_options asking(std::vector<std::pair<std::uint64_t, std::uint16_t>> others,
                         std::chrono::milliseconds wait = 20s)
{
    api::peer_options made{.host_number = 1, .limits = {.wait = wait}};
    for (const auto& [number, port] : others)
        made.others.push_back({number, {.host = "127.0.0.1", .port = port}});
    return made;
}

response ask(const api::peers& others, std::uint64_t of)
{
    awaited_answer waiting;
    others.ask(receipt_of(of), "0123456789abcdef0123456789abcdef", waiting.to());
    return waiting.wait();
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_a_peer_answers_is_passed_on)
{
    std::mutex mutex;
    scripted_answer next;
    const scripted_server server(
        [&](const received_request&)
        {
            const std::lock_guard lock(mutex);
            return next;
        });
    auto options = asking({{2, server.port()}});
    options.limits.who.token = "pst_x";
    const api::peers others(std::move(options));
    for (const scripted_answer& each :
         std::vector<scripted_answer>{{200, R"({"state":"done"})", {from_host_2, as_json}},
                                      {404, R"({"status":404})", {from_host_2, as_problem}},
                                      {503, R"({"status":503})", {"Retry-After: 7", as_problem}}})
    {
        {
            const std::lock_guard lock(mutex);
            next = each;
        }
        const response answer = ask(others, 2);
        BOOST_TEST(answer.status == each.status);
        BOOST_TEST(answer.body == each.body);
        BOOST_TEST((answer.headers.value("Retry-After") == "7") == (each.status > 404));
        BOOST_TEST(has(answer.headers.value("Content-Type"), "json"));
    }
    const received_request asked = server.requests().front();
    BOOST_TEST(asked.method == "GET");
    BOOST_TEST(asked.target == "/receipts/0123456789abcdef0123456789abcdef");
    BOOST_TEST(asked.header("penstock-peer") == "1");
    BOOST_TEST(asked.header("authorization") == "Bearer pst_x");
    const api::peer_counts counts = others.all().front()->counts();
    BOOST_TEST(counts.asked == 3U);
    BOOST_TEST(counts.failed == 0U);
    BOOST_TEST(counts.seconds > 0);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_none_of_the_peer_is_503_with_the_cause)
{
    const std::vector<std::pair<scripted_answer, std::string>> all{
        {{401, R"({"detail": "no token"})", {as_problem}}, "answers 401: \"no token\""},
        {{403, R"({"detail": "no scope"})", {as_problem}}, "answers 403: \"no scope\""},
        {{429, R"({"detail": "too many"})", {as_problem}}, "answers 429: \"too many\""},
        {{404, "{}", {as_problem}}, "does not answer as one of its peers"}, // a balancer's
        {{404, "gone", {from_host_2, "Content-Type: text/html"}}, "does not answer as one"},
        {{404, "{}", {"Penstock-Peer: 3", as_problem}}, "says that it is host \"3\""},
        {{200, "{}", {as_json}}, "does not answer as one of its peers"},
        {{500, "", {}}, "answers 500"},
        {{503, "<html>", {"Content-Type: text/html"}}, "answers 503"}, // a balancer's
        {{302, "", {"Location: /"}}, "answers 302"},
        {{200, std::string((std::size_t{1} << 20) + 1, ' '), {from_host_2, as_json}},
         "cannot be asked: body limit exceeded"},
        {{.garbage = "no HTTP\r\n\r\n"}, "cannot be asked: "},
        {{.cuts = true}, "cannot be asked: "}};
    for (const auto& [answer, cause] : all)
        BOOST_TEST_CONTEXT(cause)
        {
            const scripted_server server([&](const received_request&) { return answer; });
            const api::peers others(asking({{2, server.port()}}));
            const response refused = ask(others, 2);
            BOOST_TEST(refused.status == 503U);
            BOOST_TEST(refused.headers.find("Retry-After").has_value());
            BOOST_TEST(has(body_of(refused).at("detail").as_string(),
                           "host 2, which accepted this request, " + cause),
                       refused.body);
            BOOST_TEST(others.all().front()->counts().failed == 1U);
        }
}

BOOST_AUTO_TEST_CASE(a_host_that_is_no_peer_or_does_not_listen_is_503)
{
    scripted_server server([](const received_request&) { return scripted_answer{}; });
    server.stop();
    const api::peers others(asking({{1, server.port()}, {2, server.port()}}));
    BOOST_TEST(others.all().size() == 1U); // itself it does not ask
    BOOST_TEST(has(ask(others, 2).body, "host 2, which accepted this request, cannot be asked: "));
    const response unknown = ask(others, 3);
    BOOST_TEST(unknown.status == 503U);
    BOOST_TEST(unknown.headers.find("Retry-After").has_value());
    BOOST_TEST(has(unknown.body, "host 3, which accepted this request, is not among the peers"));
}

BOOST_AUTO_TEST_CASE(a_peer_whose_certificate_is_not_trusted_is_shown_no_token)
{
    const temporary_folder home;
    const auto shown = make_certificate(home.path(), "shown");
    const auto trusted = make_certificate(home.path(), "trusted");
    const scripted_server server(
        [](const received_request&) {
            return scripted_answer{200, "{}", {from_host_2, as_json}};
        },
        {shown.file, shown.key});
    auto options = asking({{2, server.port()}});
    options.others.front().at.secure = true;
    for (const std::string& authority : {trusted.file, shown.file, (home.path() / "none").string()})
    {
        options.limits.who = {.token = "pst_x", .ca = authority};
        const api::peers others(options);
        BOOST_TEST(ask(others, 2).status == (authority == shown.file ? 200U : 503U));
    }
    BOOST_TEST(server.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_peer_that_does_not_answer_is_503_after_the_wait)
{
    const scripted_server server([](const received_request&)
                                 { return scripted_answer{.hangs = true}; });
    std::mutex mutex;
    std::vector<std::string> said;
    auto options = asking({{2, server.port()}}, 100ms);
    options.limits.warn = [&](std::string_view text)
    {
        const std::lock_guard lock(mutex);
        said.emplace_back(text);
    };
    const api::peers others(std::move(options));
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(has(ask(others, 2).body, "host 2, which accepted this request, has not answered "
                                            "within 100ms"));
    const std::lock_guard lock(mutex);
    BOOST_TEST(said.size() == 1U); // and not three times
    BOOST_TEST(has(said.front(), "host 2 at 127.0.0.1:"));
}

BOOST_AUTO_TEST_CASE(a_peer_that_hangs_keeps_nobody_from_another)
{
    scripted_server hangs([](const received_request&) { return scripted_answer{.hangs = true}; });
    const scripted_server answers(
        [](const received_request&) {
            return scripted_answer{200, "{}", {"Penstock-Peer: 3", as_json}};
        });
    std::atomic<int> said = 0;
    auto options = asking({{2, hangs.port()}, {3, answers.port()}});
    options.limits.warn = [&](std::string_view) { ++said; };
    const api::peers others(std::move(options));
    std::deque<awaited_answer> waiting(80);
    for (awaited_answer& each : waiting)
        others.ask(receipt_of(2), "0", each.to());
    BOOST_TEST(ask(others, 3).status == 200U);
    BOOST_TEST(!waiting.front().look().has_value());
    const response refused = waiting.back().wait(); // of 80, 66 wait or are asked
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(has(refused.body, "is asked for too many receipts already"));
    BOOST_TEST(said == 0); // nobody knows yet whether it answers
    hangs.stop();
    BOOST_TEST(waiting.front().wait().status == 503U);
}

BOOST_AUTO_TEST_CASE(a_question_that_was_not_sent_in_time_says_so)
{
    scripted_server hangs([](const received_request&) { return scripted_answer{.hangs = true}; });
    const api::peers others(asking({{2, hangs.port()}}, 200ms));
    std::deque<awaited_answer> waiting(10);
    for (awaited_answer& each : waiting)
        others.ask(receipt_of(2), "0", each.to());
    int unsent = 0;
    for (awaited_answer& each : waiting)
    {
        const response refused = each.wait();
        BOOST_TEST(refused.status == 503U);
        if (has(refused.body, "has not been asked within 200ms, because it has not answered"))
            ++unsent;
        else
            BOOST_TEST(has(refused.body, "has not answered within 200ms"), refused.body);
    }
    BOOST_TEST(unsent > 0);
    BOOST_TEST(unsent < 10);
}

BOOST_AUTO_TEST_CASE(questions_at_the_end_of_the_host_tell_nothing_of_a_peer)
{
    std::latch begun(2); // as many as are asked at a time
    scripted_server hangs(
        [&](const received_request&)
        {
            begun.count_down();
            return scripted_answer{.hangs = true};
        });
    std::atomic<int> said = 0;
    auto options = asking({{2, hangs.port()}});
    options.limits.warn = [&](std::string_view) { ++said; };
    api::peers others(std::move(options));
    std::deque<awaited_answer> waiting(5);
    for (awaited_answer& each : waiting)
        others.ask(receipt_of(2), "0", each.to());
    begun.wait();
    BOOST_TEST(!others.end(std::chrono::steady_clock::now()));
    others.leave_behind();
    for (awaited_answer& each : waiting)
    {
        const response refused = each.wait();
        BOOST_TEST(refused.status == 503U);
        BOOST_TEST(has(refused.body, "is asked no more, because this host is stopping"),
                   refused.body);
    }
    BOOST_TEST(said == 0);
    hangs.stop();
}

BOOST_AUTO_TEST_CASE(what_is_here_is_shown_and_what_a_host_asks_for_goes_no_further)
{
    const scripted_server server(
        [](const received_request&) {
            return scripted_answer{200, "{}", {from_host_2, as_json}};
        });
    test_host host({}, {}, nullptr, asking({{2, server.port()}}));
    host.deploy("first", {"read", "take"});
    const auto sent =
        host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    // The id of this one is from before the host had a number.
    const response here = host.send("GET", sent.headers.value("Location"));
    BOOST_TEST(here.status == 200U);
    BOOST_TEST(here.headers.find("Penstock-Peer").has_value() == false);

    const std::string of_2 = "/receipts/00200000000000000000000000000001";
    BOOST_TEST(host.send("GET", of_2, {}, {{"Penstock-Peer", "2"}}).status == 404U);
    BOOST_TEST(server.requests().size() == 0U);
    BOOST_TEST(host.send("GET", of_2).status == 200U);
    BOOST_TEST(server.requests().size() == 1U);

    const std::string of_1 = "/receipts/00100000000000000000000000000001";
    BOOST_TEST(host.send("GET", of_1).status == 404U);
    BOOST_TEST(host.send("GET", "/receipts/x").status == 404U);
    BOOST_TEST(
        host.send("GET", of_1, {}, {{"Penstock-Peer", "2"}}).headers.value("Penstock-Peer") == "1");
    const std::string metrics = host.send("GET", "/metrics").body;
    BOOST_TEST(has(metrics, "penstock_peer_questions_total{peer=\"2\"} 1\n"), metrics);
    BOOST_TEST(has(metrics, "penstock_peer_failed_questions_total{peer=\"2\"} 0\n"));
    BOOST_TEST(has(metrics, "penstock_peer_question_seconds_total{peer=\"2\"} "));
}

BOOST_AUTO_TEST_SUITE_END()
