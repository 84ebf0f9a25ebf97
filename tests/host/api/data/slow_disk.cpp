// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.hpp"

#include "tests/host/api/test_host.hpp"
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
class slow_queries final : public journal_queries
{
public:
    explicit slow_queries(journal_queries& all) : all_(all) {}

    gate disk;

    std::optional<kept_receipt> receipt(penstock::packet_id id) override
    {
        return read().receipt(id);
    }
    std::optional<journal_entry> pending(penstock::packet_id id) override
    {
        return read().pending(id);
    }
    std::optional<used_key> key(std::string_view key) override { return read().key(key); }
    std::vector<pending_of_graph> pending() override { return read().pending(); }
    std::vector<dead_letter> dead_letters(const dead_letter_filter& which,
                                          const dead_letter_limits& limits,
                                          std::string_view before) override
    {
        return read().dead_letters(which, limits, before);
    }
    std::optional<dead_letter> find_dead_letter(std::string_view id) override
    {
        return read().find_dead_letter(id);
    }
    std::optional<journal_entry> original(std::string_view id) override
    {
        return read().original(id);
    }
    bool drop(std::string_view id) override { return read().drop(id); }
    dead_letter_count count_dead_letters() override { return read().count_dead_letters(); }
    std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) override
    {
        return all_.usage_of(graph);
    }
    void suspect(const blame& what) override { read().suspect(what); }
    std::vector<blame> blames() override { return read().blames(); }
    void clear_suspects(std::string_view graph) override { read().clear_suspects(graph); }

private:
    journal_queries& read()
    {
        disk.pass();
        return all_;
    }

    journal_queries& all_;
};

class slow_journal final : public journal
{
public:
    void append(journal_entry what, std::unique_ptr<append_waiter> waiter) override
    {
        in_memory_.append(std::move(what), std::move(waiter));
    }
    issue number() override { return in_memory_.number(); }
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override
    {
        return in_memory_.next(graph, after, limits);
    }
    void done(finished_entry entry) override { in_memory_.done(std::move(entry)); }
    std::string dead(dead_letter what) override { return in_memory_.dead(std::move(what)); }
    bool flush() override { return in_memory_.flush(); }
    journal_trouble trouble() const override { return in_memory_.trouble(); }
    std::string_view durability() const noexcept override { return in_memory_.durability(); }
    journal_queries& kept() noexcept override { return kept_; }
    gate& disk() { return kept_.disk; }

private:
    memory_journal in_memory_;
    slow_queries kept_{in_memory_.kept()};
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
        host.api.handle(std::move(each), waiting.emplace_back().to());
        BOOST_TEST(!waiting.back().look().has_value(), target);
        BOOST_TEST(host.send("GET", "/livez").status == 200U);
    }
    journal.disk().let_go();
    for (awaited_answer& each : waiting)
        BOOST_TEST(each.wait().status < 500U);
}

BOOST_AUTO_TEST_SUITE_END()
