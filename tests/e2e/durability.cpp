// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(durability)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

const std::string json_type = "application/json";

// A host whose publisher waits for a gate.
struct gated_host
{
    explicit gated_host(const scratch& home, const gate& until)
        : host(home,
               {home.write("g.json",
                           graph("gated",
                                 {{"read", "json/read"},
                                  {"hold", "gate/hold", R"({"path": ")" + until.path() + "\"}"}},
                                 {{"read.out", "hold.in"}})),
                "--packages", gate_folder(), "--drain", "0s"})
    {
    }

    live_host host;
};

void kill_at_once(live_host& host)
{
    host.child().signal(SIGKILL);
    BOOST_TEST(host.child().wait().code == 128 + SIGKILL);
}

std::string receipt_of(const response& answer)
{
    return text_of(body_of(answer).at("receipt"));
}

std::string state_of(live_host& host, const std::string& receipt)
{
    return text_of(host->get("/receipts/" + receipt).at("state"));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_accepted_before_a_kill_is_delivered_after_it)
{
    const scratch home;
    std::vector<std::string> receipts;
    {
        const gate closed(home, "first");
        gated_host first(home, closed);
        for (int i = 0; i < 200; ++i)
        {
            const response answer = first.host->post("/data", json_type, R"({"a": 1})");
            BOOST_REQUIRE_EQUAL(answer.status, 202);
            BOOST_REQUIRE_EQUAL(answer.headers.value("Penstock-Durability"), "durable");
            receipts.push_back(receipt_of(answer));
        }
        kill_at_once(first.host);
    }
    gate open(home, "second");
    open.open();
    gated_host second(home, open);
    second.host.settle("gated");
    for (const std::string& each : receipts)
    {
        const json::value fate = second.host->get("/receipts/" + each);
        BOOST_TEST(text_of(fate.at("state")) == "done");
        BOOST_TEST(fate.at("delivered").as_int64() == 1);
        BOOST_TEST(text_of(fate.at("durability")) == "durable");
    }
    BOOST_TEST(second.host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(what_a_stop_leaves_is_pending_and_worked_off_by_the_next_start)
{
    const scratch home;
    std::string receipt;
    {
        gate closed(home, "first");
        gated_host first(home, closed);
        receipt = receipt_of(first.host->post("/data", json_type, R"({"a": 1})"));
        BOOST_TEST(state_of(first.host, receipt) == "pending");
        const ended end = first.host.stop();
        BOOST_TEST(end.code == 1);
        BOOST_TEST(has(end.err, "1 pending, which are kept for the next start"));
    }
    gate open(home, "second");
    open.open();
    gated_host second(home, open);
    second.host.settle("gated");
    BOOST_TEST(state_of(second.host, receipt) == "done");
}

BOOST_AUTO_TEST_CASE(a_repeated_key_gets_its_first_receipt_after_a_kill_too)
{
    const scratch home;
    const header_fields key{{"Idempotency-Key", "once"}};
    std::string receipt;
    {
        const gate closed(home, "first");
        gated_host first(home, closed);
        receipt = receipt_of(first.host->post("/data", json_type, R"({"a": 1})", key));
        kill_at_once(first.host);
    }
    gate open(home, "second");
    open.open();
    gated_host second(home, open);
    const response again = second.host->post("/data", json_type, R"({"a": 1})", key);
    BOOST_TEST(again.status == 202);
    BOOST_TEST(receipt_of(again) == receipt);
    BOOST_TEST(second.host->post("/data", json_type, R"({"a": 2})", key).status == 422);
    second.host.settle("gated");
    const json::value stats = second.host->get("/api/graphs/gated/stats");
    BOOST_TEST(stats.at("delivered").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(dead_letters_outlive_the_host)
{
    const scratch home;
    const std::string file = home.write(
        "g.json",
        graph("fails",
              {{"read", "json/read"},
               {"fail", "debug/fail", R"({"field": "bad", "value": true, "how": "throw"})"},
               {"end", "debug/null"}},
              {{"read.out", "fail.in"}, {"fail.out", "end.in"}}));
    std::string id;
    {
        live_host first(home, {file});
        const response answer =
            first->post("/data?ack=processed", json_type, R"({"bad": true, "n": 7})");
        BOOST_TEST(body_of(answer).at("dead_count").as_int64() == 1);
        id = text_of(body_of(answer).at("dead").at(0).at("id"));
        BOOST_TEST(first.stop().code == 0);
    }
    live_host second(home, {file});
    const json::value dead_letter = second->get("/api/dead-letters/" + id);
    BOOST_TEST(text_of(dead_letter.at("node")) == "fail");
    BOOST_TEST(dead_letter.at("packet").at("fields").at("n").as_int64() == 7);
    BOOST_TEST(second->ask("DELETE", "/api/dead-letters/" + id).status == 204);
    BOOST_TEST(second->ask("GET", "/api/dead-letters/" + id).status == 404);
}

BOOST_AUTO_TEST_CASE(the_journal_can_be_read_by_its_owner_alone)
{
    const scratch home;
    const std::string file =
        home.write("g.json", graph("g", {{"read", "json/read"}, {"end", "debug/null"}},
                                   {{"read.out", "end.in"}}));
    live_host host(home, {file});
    BOOST_TEST(host->post("/data", json_type, "{}").status == 202);
    std::size_t files = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(home.path()))
    {
        if (!each.path().filename().string().starts_with("journal."))
            continue;
        ++files;
        struct stat info = {};
        BOOST_TEST(::stat(each.path().c_str(), &info) == 0);
        BOOST_TEST((info.st_mode & 077) == 0U);
    }
    BOOST_TEST(files > 0U);
}

BOOST_AUTO_TEST_CASE(a_journal_that_is_removed_closes_the_door_and_the_host_ends_with_1)
{
    const scratch home;
    live_host host(
        home, {home.write("g.json", graph("g", {{"read", "json/read"}, {"answer", "http/reply"}},
                                          {{"read.out", "answer.in"}}))});
    BOOST_TEST(host->post("/data?ack=processed", json_type, "{}").status == 200U);
    std::filesystem::remove(home.at("data") + "/journal.sqlite3");
    const response refused = host->post("/data", json_type, "{}");
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(has(refused.body, "was removed while it is in use"), refused.body);
    const response ready = host->ask("GET", "/readyz");
    BOOST_TEST(ready.status == 503U);
    BOOST_TEST(has(ready.body, "was removed while it is in use"), ready.body);
    host.child().wait_for("journal: takes in nothing: ");
    BOOST_TEST(host.stop().code == 1);
}

BOOST_AUTO_TEST_CASE(a_log_that_was_lost_is_told_at_the_start_and_closes_the_door_until_accepted)
{
    const scratch home;
    const std::string file =
        home.write("g.json", graph("g", {{"read", "json/read"}, {"answer", "http/reply"}},
                                   {{"read.out", "answer.in"}}));
    {
        live_host host(home, {file});
        BOOST_TEST(host->post("/data", json_type, "{}").status == 202U);
        kill_at_once(host);
    }
    std::filesystem::remove(home.at("data") + "/journal.sqlite3-wal");
    live_host host(home, {file});
    const response refused = host->post("/data", json_type, "{}");
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(has(refused.body, "requests up to number 1 were acknowledged"), refused.body);
    const ended accepted =
        penstock::host::cli::testing::run(home, {"journal", "accept", "--data", home.at("data")});
    BOOST_TEST(accepted.code == 0, accepted.err);
    BOOST_TEST(eventually([&] { return host->post("/data", json_type, "{}").status == 202U; }));
    const ended end = host.stop();
    BOOST_TEST(end.code == 0);
    BOOST_TEST(has(end.err, "journal: takes in nothing: "), end.err);
}

BOOST_AUTO_TEST_SUITE_END()
