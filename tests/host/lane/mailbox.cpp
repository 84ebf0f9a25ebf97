// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/mailbox.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(mailboxes)

using namespace penstock::host;

namespace
{

using entries = std::vector<std::unique_ptr<lane_entry>>;
using calls = std::vector<std::function<void()>>;

bool post(mailbox& to)
{
    auto entry = std::make_unique<lane_entry>();
    return to.post(entry);
}

std::size_t taken(mailbox& from)
{
    entries posted;
    calls made;
    from.take(posted, made);
    return posted.size() + made.size();
}

} // namespace

BOOST_AUTO_TEST_CASE(what_came_before_the_lane_wakes_it_when_it_opens)
{
    const auto mail = std::make_shared<mailbox>();
    BOOST_TEST(post(*mail));
    mail->post([] {});
    int woken = 0;
    mail->open([&] { ++woken; });
    BOOST_TEST(woken == 1);
    BOOST_TEST(taken(*mail) == 2U);
    BOOST_TEST(post(*mail));
    BOOST_TEST(post(*mail));
    BOOST_TEST(woken == 2); // it has not looked since
    BOOST_TEST(taken(*mail) == 2U);
    mail->post([] {});
    BOOST_TEST(woken == 3);
}

BOOST_AUTO_TEST_CASE(a_lane_that_ended_is_not_woken_and_gets_nothing)
{
    const auto mail = std::make_shared<mailbox>();
    int woken = 0;
    mail->open([&] { ++woken; });
    BOOST_TEST(post(*mail));
    BOOST_TEST(mail->close().size() == 1U);
    woken = 0;
    mail->wake();
    mail->post([] {});
    auto late = std::make_unique<lane_entry>();
    BOOST_TEST(!mail->post(late));
    BOOST_TEST(late != nullptr); // it stays with the caller
    BOOST_TEST(woken == 0);
}

BOOST_AUTO_TEST_CASE(each_entry_of_many_threads_is_taken_or_given_back)
{
    constexpr std::size_t threads = 4;
    constexpr std::size_t each = 2000;
    const auto mail = std::make_shared<mailbox>();
    std::atomic<bool> is_there{true};
    std::atomic<std::size_t> kept = 0;
    std::atomic<bool> is_late{false};
    mail->open([&] { is_late = is_late || !is_there; });
    std::vector<std::thread> posting;
    for (std::size_t n = 0; n < threads; ++n)
        posting.emplace_back(
            [&]
            {
                for (std::size_t i = 0; i < each; ++i)
                    kept += post(*mail) ? 1 : 0;
            });
    std::size_t seen = 0;
    while (seen < each)
        seen += taken(*mail);
    seen += mail->close().size();
    is_there = false; // nobody wakes the lane from here on
    for (std::thread& thread : posting)
        thread.join();
    BOOST_TEST(seen == kept);
    BOOST_TEST(!is_late);
}

BOOST_AUTO_TEST_SUITE_END()
