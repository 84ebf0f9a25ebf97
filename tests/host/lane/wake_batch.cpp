// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_batch.hpp"

#include "host/lane/mailbox.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <vector>

BOOST_AUTO_TEST_SUITE(wake_batches)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(a_lane_is_woken_once_for_all_entries_at_hand)
{
    std::vector<std::function<void()>> posted;
    int woken = 0;
    const auto lane = std::make_shared<mailbox>();
    lane->open([&] { ++woken; });
    woken = 0; // it was, for what may have come before
    const auto post = [&]
    {
        auto entry = std::make_unique<lane_entry>();
        BOOST_TEST(lane->post(entry));
    };
    {
        const wake_batch batch([&](std::function<void()> call) { posted.push_back(call); });
        post();
        post();
        BOOST_TEST(woken == 0);
        BOOST_TEST_REQUIRE(posted.size() == 1U);
        posted[0]();
        BOOST_TEST(woken == 1);

        std::vector<std::unique_ptr<lane_entry>> entries;
        std::vector<std::function<void()>> calls;
        lane->take(entries, calls);
        BOOST_TEST(entries.size() == 2U);
        post();
        BOOST_TEST(woken == 1);
        BOOST_TEST(posted.size() == 2U);
    }
    BOOST_TEST(woken == 2); // with the end of the batch at the latest
}

BOOST_AUTO_TEST_SUITE_END()
