// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Order by key, and idempotency keys, among hosts whose journal lies in one database.
#include "shared_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <set>
#include <string>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(shared_keys)

using namespace penstock::e2e;
using namespace penstock::e2e::shared;

BOOST_AUTO_TEST_CASE(requests_of_a_key_wait_for_earlier_ones_at_another_host)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    gate held(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    live_host one(home_of_one, arguments(home_of_one, journal, held));
    live_host other(home_of_other, arguments(home_of_other, journal, open));
    const std::string first = receipt_of(put(one, "key", R"({"a": 1})"));
    const std::string second = receipt_of(put(other, "key", R"({"a": 2})"));
    const std::string third = receipt_of(put(other, "key", R"({"a": 3})"));
    const std::string of_another = receipt_of(put(other, "another", R"({"a": 4})"));
    BOOST_TEST(eventually([&] { return state_of(other, of_another) == "done"; }));
    BOOST_TEST(state_of(other, second) == "pending");
    BOOST_TEST(state_of(other, third) == "pending");
    held.open();
    for (const std::string& each : {first, second, third})
        BOOST_TEST(eventually([&] { return state_of(other, each) == "done"; }));
    BOOST_TEST(one.settle("gated").delivered == 1);
    BOOST_TEST(other.settle("gated").delivered == 3);
}

BOOST_AUTO_TEST_CASE(what_is_taken_over_of_a_key_goes_before_what_came_later)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    const gate closed(home_of_one, "gate");
    const std::string file = home_of_other.at("out.jsonl");
    live_host other(home_of_other,
                    {home_of_other.write(
                         "g.json", graph("written",
                                         {{"read", "json/read"},
                                          {"write", "files/write", R"({"path": ")" + file + "\"}"}},
                                         {{"read.out", "write.in"}})),
                     "--journal", journal.address()});
    {
        live_host one(home_of_one, arguments(home_of_one, journal, closed, "written"));
        int sent = 0;
        for (live_host* const host : {&one, &one, &one, &other, &other, &one, &other})
            BOOST_TEST(put(*host, "key", "{\"n\":" + std::to_string(++sent) + "}").status == 202);
        one.child().signal(SIGKILL);
        one.child().wait();
    }
    BOOST_TEST(eventually([&] { return other.settle("written").delivered == 7; }));
    BOOST_TEST(read_file(file) ==
               "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n{\"n\":6}\n{\"n\":7}\n");
}

BOOST_AUTO_TEST_CASE(a_takeover_goes_on_though_all_that_is_pending_waits_for_it)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    const gate closed(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    std::vector<std::string> few = arguments(home_of_other, journal, open);
    few.insert(few.end(), {"--pending-entries", "3"});
    live_host other(home_of_other, few);
    const std::string body = R"({"a": 1})";
    {
        live_host one(home_of_one, arguments(home_of_one, journal, closed));
        for (int i = 0; i < 20; ++i)
            BOOST_TEST(put(one, "key", body).status == 202);
        for (int i = 0; i < 3; ++i)
            BOOST_TEST(put(other, "key", body).status == 202);
        BOOST_TEST(put(other, "key", body).status == 429);
        one.child().signal(SIGKILL);
        one.child().wait();
    }
    BOOST_TEST(eventually(
        [&]
        { return other->get("/api/graphs/gated/stats").at("delivered").to_number<int>() == 23; }));
    BOOST_TEST(put(other, "key", body).status == 202);
}

BOOST_AUTO_TEST_CASE(what_waits_for_another_host_waits_on_after_a_restart)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    gate held(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    live_host one(home_of_one, arguments(home_of_one, journal, held));
    const std::string body = R"({"a": 1})";
    BOOST_TEST(put(one, "key", body).status == 202);
    std::vector<std::string> receipts;
    {
        live_host other(home_of_other, arguments(home_of_other, journal, open));
        for (int i = 0; i < 10; ++i)
            receipts.push_back(receipt_of(put(other, "key", body)));
        other.stop();
    }
    live_host again(home_of_other, arguments(home_of_other, journal, open));
    const std::string of_another = receipt_of(put(again, "another", body));
    BOOST_TEST(eventually([&] { return state_of(again, of_another) == "done"; }));
    for (const std::string& each : receipts)
        BOOST_TEST(state_of(again, each) == "pending");
    held.open();
    for (const std::string& each : receipts)
        BOOST_TEST(eventually([&] { return state_of(again, each) == "done"; }));
    BOOST_TEST(again.settle("gated").delivered == 11);
}

BOOST_AUTO_TEST_CASE(what_waits_for_another_host_can_be_discarded)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    const gate closed(home_of_one, "gate");
    gate open(home_of_other, "gate");
    open.open();
    live_host one(home_of_one, arguments(home_of_one, journal, closed));
    live_host other(home_of_other, arguments(home_of_other, journal, open));
    const std::string body = R"({"a": 1})";
    BOOST_TEST(put(one, "key", body).status == 202);
    const std::string waiting = receipt_of(put(other, "key", body));
    BOOST_TEST(other->ask("POST", "/api/graphs/gated/stop").status / 100 == 2);
    BOOST_TEST(other->ask("DELETE", "/api/graphs/gated?discard=true").status / 100 == 2);
    BOOST_TEST(state_of(other, waiting) == "done");
}

BOOST_AUTO_TEST_CASE(of_requests_with_one_idempotency_key_at_once_one_is_accepted)
{
    const database journal;
    const scratch home_of_one;
    const scratch home_of_other;
    gate until(home_of_one, "gate");
    until.open();
    live_host one(home_of_one, arguments(home_of_one, journal, until));
    live_host other(home_of_other, arguments(home_of_other, journal, until));
    const auto send = [](live_host& host, int key)
    {
        return host->post("/data", json_type, R"({"a": 1})",
                          {{"Idempotency-Key", std::to_string(key)}});
    };
    int accepted = 0;
    for (int key = 0; key < 200; ++key)
    {
        std::future<response> first =
            std::async(std::launch::async, [&] { return send(one, key); });
        const std::vector<response> both{send(other, key), first.get()};
        std::set<std::string> receipts;
        for (const response& each : both)
            if (each.status == 202)
                receipts.insert(receipt_of(each));
            else
                BOOST_TEST(each.status == 409);
        BOOST_TEST(receipts.size() == 1);
        accepted += static_cast<int>(receipts.size());
        BOOST_TEST(receipts.contains(receipt_of(send(one, key))));
        BOOST_TEST(receipts.contains(receipt_of(send(other, key))));
    }
    const auto total = [](live_host& host) { return host.settle("gated").delivered; };
    BOOST_TEST(total(one) + total(other) == accepted);
}

BOOST_AUTO_TEST_SUITE_END()
