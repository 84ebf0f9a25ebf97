// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/spilled_entries.hpp"

#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/passing_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(replaced_servers)

using namespace penstock::host;
using namespace penstock::host::http::testing;

namespace
{

// A database whose turns and entries are asked by two sessions: that of the turns knows each entry,
// and the other one is with a server that another one has replaced, for its first questions.
class divided_journal final : public tests::passing_journal
{
public:
    [[nodiscard]] bool is_shared() const noexcept override { return true; }

    void append(std::unique_ptr<journal_entry> what, std::unique_ptr<append_waiter> waiter) override
    {
        const issue given = number();
        what->number = given.number;
        what->id = given.id;
        {
            const std::lock_guard lock(mutex_);
            kept_.push_back(std::move(*what));
        }
        waiter->issued(given);
        waiter->settled(commit::kept);
    }

    [[nodiscard]] std::vector<key_turn> turns(const std::vector<entry_number>& numbers) override
    {
        std::vector<key_turn> found;
        for (const entry_number each : numbers)
            found.push_back({each, static_cast<std::int64_t>(each), was_asked_.exchange(true)});
        return found;
    }

    std::vector<journal_entry> next(std::string_view, entry_number after, read_limits) override
    {
        std::vector<journal_entry> found;
        if (reads_.fetch_add(1) < 3)
            return found;
        const std::lock_guard lock(mutex_);
        for (const journal_entry& each : kept_)
            if (each.number > after)
                found.push_back(each);
        return found;
    }

    [[nodiscard]] int reads() const { return reads_; }

private:
    std::atomic<bool> was_asked_{false};
    std::atomic<int> reads_{0};
    std::mutex mutex_;
    std::vector<journal_entry> kept_;
};

} // namespace

BOOST_AUTO_TEST_CASE(keep_no_entry_back_whose_turn_has_come)
{
    divided_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    const http::response answer =
        host.send("POST", "/data/r/1?ack=processed&wait=20s", "x", {plain});
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(journal.reads() > 3);
}

BOOST_AUTO_TEST_SUITE_END()
