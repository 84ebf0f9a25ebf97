// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/passing_journal.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(late_commits)

using namespace penstock::host;
using namespace penstock::host::http::testing;

namespace
{

// Commits when the test says so.
class late_journal final : public tests::passing_journal
{
public:
    void append(std::unique_ptr<journal_entry>, std::unique_ptr<append_waiter> waiter) override
    {
        waiter->issued(number());
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(waiter));
    }

    void commit_all()
    {
        std::vector<std::unique_ptr<append_waiter>> waiting;
        {
            const std::lock_guard lock(mutex_);
            waiting.swap(waiting_);
        }
        for (const auto& each : waiting)
            each->settled(commit::kept);
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<append_waiter>> waiting_;
};

} // namespace

BOOST_AUTO_TEST_CASE(hold_back_the_answer_to_a_request_whose_wait_to_be_processed_is_over)
{
    late_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "hold"});
    awaited_answer answer;
    http::request sent =
        make_request("POST", "/data?ack=processed&wait=0ms", "x", {{"Content-Type", "text/plain"}});
    host.api.handle(sent, answer.to());
    BOOST_TEST(!answer.look().has_value());
    journal.commit_all();
    const http::response given = answer.wait();
    BOOST_TEST(given.status == 202U);
    BOOST_TEST(given.headers.value("Penstock-Durability") == "durable");
}

BOOST_AUTO_TEST_SUITE_END()
