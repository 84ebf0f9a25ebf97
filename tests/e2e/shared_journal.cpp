// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts whose journal lies in a PostgreSQL database.
#include "shared_journal.hpp"
#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <exception>
#include <string>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(shared_journal)

using namespace penstock::e2e;
using namespace penstock::e2e::shared;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(what_a_killed_host_had_accepted_is_done_by_its_next_start)
{
    const database journal;
    const scratch home;
    std::vector<std::string> receipts;
    {
        const gate closed(home, "first");
        live_host first(home, arguments(home, journal, closed));
        for (int i = 0; i < 100; ++i)
        {
            const response answer = first->post("/data", json_type, R"({"a": 1})");
            BOOST_REQUIRE_EQUAL(answer.status, 202);
            BOOST_REQUIRE_EQUAL(answer.headers.value("Penstock-Durability"), "durable");
            receipts.push_back(receipt_of(answer));
        }
        first.child().signal(SIGKILL);
        first.child().wait();
    }
    gate open(home, "second");
    open.open();
    live_host second(home, arguments(home, journal, open));
    second.settle("gated");
    for (const std::string& each : receipts)
        BOOST_TEST(state_of(second, each) == "done");
    BOOST_TEST(second.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(every_host_of_a_database_answers_for_a_receipt)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    gate until(home_of_one, "gate");
    live_host one(home_of_one, arguments(home_of_one, journal, until));
    live_host other(home_of_other, arguments(home_of_other, journal, until));
    const std::string receipt = receipt_of(one->post("/data", json_type, R"({"a": 1})"));
    BOOST_TEST(state_of(other, receipt) == "pending");
    until.open();
    one.settle("gated");
    BOOST_TEST(eventually([&] { return state_of(other, receipt) == "done"; }));
    BOOST_TEST(other->get("/api/graphs/gated/stats").at("delivered").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(what_a_killed_host_had_accepted_is_taken_over_by_another)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    const gate closed(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    live_host other(home_of_other, arguments(home_of_other, journal, open));
    std::vector<std::string> receipts;
    {
        live_host one(home_of_one, arguments(home_of_one, journal, closed));
        for (int i = 0; i < 300; ++i)
            receipts.push_back(receipt_of(one->post("/data", json_type, R"({"a": 1})")));
        one.child().signal(SIGKILL);
        one.child().wait();
    }
    const auto killed = clock::now();
    for (const std::string& each : receipts)
        BOOST_TEST(eventually([&] { return state_of(other, each) == "done"; }));
    BOOST_TEST((is_sanitized || clock::now() - killed < std::chrono::seconds(5)));
    const account end = other.settle("gated");
    BOOST_TEST(end.accepted == receipts.size());
    BOOST_TEST(end.delivered == receipts.size());
    const json::value fate = other->get("/receipts/" + receipts.front());
    BOOST_TEST(fate.at("delivered").as_int64() == 1);
    BOOST_TEST(text_of(fate.at("durability")) == "durable");

    gate later(home_of_one, "later");
    later.open();
    live_host again(home_of_one, arguments(home_of_one, journal, later));
    BOOST_TEST(again.settle("gated").accepted == 0);
    BOOST_TEST(state_of(again, receipts.front()) == "done");
}

BOOST_AUTO_TEST_CASE(a_host_that_was_stopped_too_long_has_lost_its_place_and_starts_anew)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    const gate closed(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    const auto impatient = [&](const scratch& home, const gate& until)
    {
        std::vector<std::string> all = arguments(home, journal, until);
        all.insert(all.end(), {"--journal-lease", "500ms"});
        return all;
    };
    live_host other(home_of_other, impatient(home_of_other, open));
    supervised_host one(home_of_one, impatient(home_of_one, closed));
    for (int i = 0; i < 3; ++i) // each time
    {
        caller first(one.port());
        const std::string receipt = receipt_of(first.post("/data", json_type, R"({"a": 1})"));
        const pid_t stopped = one.worker();
        BOOST_REQUIRE(::kill(stopped, SIGSTOP) == 0);
        BOOST_TEST(eventually([&] { return state_of(other, receipt) == "done"; }));
        BOOST_REQUIRE(::kill(stopped, SIGCONT) == 0);
        one.child().wait_for("another process has taken the place");
        BOOST_REQUIRE(eventually(
            [&]
            {
                const pid_t now = one.worker();
                return now > 0 && now != stopped;
            }));
        BOOST_REQUIRE(eventually(
            [&]
            {
                try
                {
                    return caller(one.port()).ask("GET", "/readyz").status == 200;
                }
                catch (const std::exception&)
                {
                    return false; // between two workers
                }
            }));
        BOOST_TEST(caller(one.port()).get("/api/graphs/gated/stats").at("accepted").as_int64() ==
                   0);
    }
}

BOOST_AUTO_TEST_CASE(a_database_that_is_away_is_waited_for_and_then_named)
{
    database journal;
    const scratch home;
    gate open(home, "gate");
    open.open();
    std::vector<std::string> all = arguments(home, journal, open);
    all.insert(all.end(), {"--journal-wait", "100ms"});
    live_host host(home, all);
    BOOST_TEST(host->post("/data", json_type, R"({"a": 1})").status == 202);
    journal.kill();
    const response refused = host->post("/data", json_type, R"({"a": 2})");
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.headers.value("Retry-After") != "");
    BOOST_TEST(has(refused.body, "a PostgreSQL server that can be written was expected"),
               refused.body);
    BOOST_TEST(host->ask("GET", "/readyz").status == 503);
    BOOST_TEST(host->ask("GET", "/livez").status == 200);
    journal.start();
    BOOST_TEST(
        eventually([&] { return host->post("/data", json_type, R"({"a": 3})").status == 202; }));
    const account end = host.settle("gated");
    BOOST_TEST(end.delivered == end.accepted);
    BOOST_TEST(host->ask("GET", "/readyz").status == 200);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(what_a_standby_has_is_replicated_and_nothing_else)
{
    const database journal;
    const scratch home;
    gate open(home, "gate");
    open.open();
    std::vector<std::string> all = arguments(home, journal, open);
    all.insert(all.end(), {"--journal-wait", "300ms"});
    live_host host(home, all);
    const auto post = [&](const std::string& target)
    { return host->post(target, json_type, R"({"a": 1})"); };
    const auto wait_for = [&](const std::string& standbys)
    {
        journal.ask("ALTER SYSTEM SET synchronous_standby_names = '" + standbys + "'");
        journal.ask("SELECT pg_reload_conf()");
    };
    const response early = post("/data?ack=replicated");
    BOOST_TEST(early.status == 503);
    BOOST_TEST(has(early.body, "a synchronous standby that is connected"), early.body);
    {
        database_server standby(&journal);
        standby.start();
        wait_for("standby");
        BOOST_TEST(eventually([&] { return post("/data?ack=replicated").status == 202; }));
        BOOST_TEST(post("/data").headers.value("Penstock-Durability") == "replicated");
        standby.kill();
        const response late = post("/data?ack=replicated");
        BOOST_TEST(late.status == 503);
        BOOST_TEST(late.headers.value("Retry-After") != "");
    }
    wait_for("");
    BOOST_TEST(eventually([&] { return post("/data").status == 202; }));
    BOOST_TEST(post("/data").headers.value("Penstock-Durability") == "durable");
    BOOST_TEST(post("/data?ack=replicated").status == 503);
    const account end = host.settle("gated");
    BOOST_TEST(end.delivered == end.accepted);
}

BOOST_AUTO_TEST_CASE(a_worker_that_crashes_finds_all_that_was_accepted)
{
    const database journal;
    const scratch home;
    supervised_host host(
        home,
        {home.write("g.json", graph("g",
                                    {{"read", "json/read"},
                                     {"crash", "debug/fail",
                                      R"({"field": "bad", "value": true, "how": "segfault"})"},
                                     {"end", "debug/null"}},
                                    {{"read.out", "crash.in"}, {"crash.out", "end.in"}})),
         "--journal", journal.address()});
    std::vector<std::string> receipts;
    for (int i = 0; i < 50; ++i)
        receipts.push_back(receipt_of(host->post("/data", json_type, R"({"a": 1})")));
    host.send(R"({"bad": true})");
    host.wait_for_crash();
    host.wait_until_it_serves_again();
    const auto is_done = [&](const std::string& receipt)
    {
        try
        {
            return text_of(caller(host.port()).get("/receipts/" + receipt).at("state")) == "done";
        }
        catch (const std::exception&)
        {
            return false; // it crashes until the document is put away
        }
    };
    for (const std::string& each : receipts)
        BOOST_TEST(eventually([&] { return is_done(each); }));
}

BOOST_AUTO_TEST_CASE(a_password_in_the_address_is_refused)
{
    const scratch home;
    program host(home, {"run", "--data", home.at("data"), "--listen", "127.0.0.1:0", "--journal",
                        "postgresql://owner:secret@127.0.0.1:1/database"});
    const ended end = host.wait();
    BOOST_TEST(end.code == 1);
    BOOST_TEST(has(end.err, "PGPASSFILE"), end.err);
    BOOST_TEST(!has(end.err, "secret"), end.err);
}

BOOST_AUTO_TEST_SUITE_END()
