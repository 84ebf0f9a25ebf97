// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the data routes answer, and when.
#include "live_host.hpp"
#include "mirror_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(processed_is_answered_with_counts)
{
    const scratch home;
    const std::string text = graph("counts",
                                   {{"read", "json/read"},
                                    {"drop", "route/drop", R"({"field": "drop"})"},
                                    {"fail", "debug/fail", R"({"field": "fail"})"},
                                    {"keep", "debug/null"},
                                    {"too", "debug/null"},
                                    {"errors", "debug/null"},
                                    {"fail2", "debug/fail", R"({"field": "error"})"}},
                                   {{"read.out", "drop.in"},
                                    {"drop.out", "fail.in"},
                                    {"fail.out", "fail2.in"},
                                    {"fail2.out", "keep.in"},
                                    {"fail2.out", "too.in"},
                                    {"fail2.error", "errors.in"}});
    live_host host(home, {home.write("g.json", text)});
    const response answer = host->post(
        "/data?ack=processed", lines_type,
        "{\"a\": 1}\n{\"drop\": 1}\n{\"fail\": 1}\n{\"error\": 1}\nnot json\n{\"a\": 2}\n");
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    const json::value counts = body_of(answer);
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + text_of(counts.at("receipt")));
    BOOST_TEST(counts.at("failed").as_int64() == 1);
    BOOST_TEST(counts.at("dropped").as_int64() == 1);
    BOOST_TEST(counts.at("dead_count").as_int64() == 2);
    // Two packets to two publishers each, and the one that went by an error port.
    const std::int64_t delivered = counts.at("delivered").as_int64();
    BOOST_TEST((delivered == 4 || delivered == 5), answer.body);
    const json::array& dead = counts.at("dead").as_array();
    BOOST_REQUIRE_EQUAL(dead.size(), 2);
    bool has_line = false;
    for (const json::value& each : dead)
        has_line |= has(text_of(each.at("reason")), "line 5");
    BOOST_TEST(has_line, answer.body);
    const json::value dead_letters = host->get("/api/dead-letters");
    BOOST_TEST(dead_letters.at("kept").as_int64() == 2);
    const std::string id = text_of(dead_letters.at("dead_letters").at(0).at("id"));
    BOOST_TEST(host->get("/api/dead-letters/" + id).at("packet").is_object());
    BOOST_TEST(host->ask("DELETE", "/api/dead-letters/" + id).status == 204U);
    BOOST_TEST(host->ask("GET", "/api/dead-letters/" + id).status == 404U);
}

BOOST_AUTO_TEST_CASE(wishes_about_the_answer_are_taken_at_their_word)
{
    mirror_host host;
    BOOST_TEST(
        host->post("/data?ack=durable", json_type, "{}").headers.value("Penstock-Durability") ==
        "durable");
    must_be_problem(host->post("/data?ack=perhaps", json_type, "{}"), 400, "ack");
    must_be_problem(host->post("/data?ack=processed&wait=long", json_type, "{}"), 400, "wait");
    must_be_problem(host->post("/data?wait=1s", json_type, "{}"), 400, "wait");
    BOOST_TEST(host->post("/data?ack=processed&wait=5s", json_type, "{}").status == 200U);
    BOOST_TEST(host.account_of("mirror").accepted == 2U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_waits_too_long_is_202)
{
    const scratch home;
    gate held(home, "gate");
    const std::string text =
        graph("gated",
              {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
              {{"read.out", "hold.in"}});
    live_host host(home, {home.write("g.json", text), "--packages", gate_folder()});
    const response answer = host->post("/data?ack=processed&wait=50ms", json_type, "{}");
    BOOST_TEST(answer.status == 202U);
    const std::string location(answer.headers.value("Location"));
    BOOST_TEST(text_of(host->get(location).at("state")) == "pending");
    held.open();
    BOOST_TEST(eventually([&] { return host->get(location).at("state") == "done"; }));
    BOOST_TEST(host->get(location).at("delivered").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(a_key_makes_a_repetition_harmless)
{
    mirror_host host;
    const header_fields key{{"Idempotency-Key", "order-7"}};
    const response first = host->post("/data", json_type, R"({"a": 1})", key);
    BOOST_REQUIRE_EQUAL(first.status, 202);
    const response again = host->post("/data", json_type, R"({"a": 1})", key);
    BOOST_TEST(again.status == 202U);
    BOOST_TEST(again.body == first.body);
    must_be_problem(host->post("/data", json_type, R"({"a": 2})", key), 422, "idempotency-key");
    BOOST_TEST(host.settle("mirror").accepted == 1U);
    const response processed = host->post("/data?ack=processed", json_type, R"({"a": 1})", key);
    BOOST_TEST(processed.status == 200U);
    BOOST_TEST(body_of(processed).at("receipt") == body_of(first).at("receipt"));

    // What was refused has used no key up.
    const header_fields other{{"Idempotency-Key", "order-8"}};
    BOOST_TEST(host->post("/data", json_type, "{", other).status == 400U);
    BOOST_TEST(host->post("/data", json_type, "{}", other).status == 202U);
    BOOST_TEST(host.settle("mirror").accepted == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
