// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/passing_journal.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(slow_disk)

using namespace penstock::host;
using namespace penstock::host::http::testing;

namespace
{

// A gate that holds up all callers while it is closed, for some time at most.
class gate
{
public:
    void hold() { set(true); }
    void let_go() { set(false); }

    void pass()
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(5), [this] { return !is_held_; });
    }

private:
    void set(bool held)
    {
        const std::lock_guard lock(mutex_);
        is_held_ = held;
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_held_ = false;
};

// Records on a disk that answers when the test lets it.
class slow_queries final : public tests::passing_queries
{
public:
    using passing_queries::passing_queries;

    gate disk;

private:
    journal_queries& asked() override
    {
        disk.pass();
        return kept_;
    }
};

class slow_journal final : public tests::passing_journal
{
public:
    std::string_view durability() const noexcept override { return in_memory_.durability(); }
    journal_queries& kept() noexcept override { return queries_; }
    gate& disk() { return queries_.disk; }

private:
    slow_queries queries_{in_memory_.kept()};
};

} // namespace

BOOST_AUTO_TEST_CASE(no_route_waits_for_it_on_the_thread_of_a_connection)
{
    slow_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    std::vector<http::request> asked;
    for (const char* target : {"/api/dead-letters", "/api/dead-letters/1", "/metrics",
                               "/receipts/00000000000000000000000000000000"})
        asked.push_back(make_request("GET", target));
    asked.push_back(make_request("DELETE", "/api/dead-letters/1"));
    asked.push_back(make_request("DELETE", "/api/dead-letters?all=true"));
    asked.push_back(make_request("POST", "/api/dead-letters/1/replay"));
    asked.push_back(make_request("POST", "/api/dead-letters/replay?all=true"));
    asked.push_back(make_request("POST", "/data", "x",
                                 {{"Content-Type", "text/plain"}, {"Idempotency-Key", "k"}}));
    journal.disk().hold();
    std::deque<awaited_answer> waiting;
    for (http::request& each : asked)
    {
        const std::string target = each.target;
        host.api.handle(each, waiting.emplace_back().to());
        BOOST_TEST(!waiting.back().look().has_value(), target);
        BOOST_TEST(host.send("GET", "/livez").status == 200U);
    }
    journal.disk().let_go();
    for (awaited_answer& each : waiting)
        BOOST_TEST(each.wait().status < 500U);
}

BOOST_AUTO_TEST_SUITE_END()
