// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/shared.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

namespace
{

struct model
{
    explicit model(std::atomic<int>& alive) : alive_(alive) { ++alive_; }

    ~model() { --alive_; }

    model(const model&) = delete;
    model& operator=(const model&) = delete;

    std::atomic<int>& alive_;
};

} // namespace

BOOST_AUTO_TEST_CASE(an_object_is_made_once_for_all_threads)
{
    std::atomic<int> alive = 0;
    std::atomic<int> made = 0;
    std::array<std::shared_ptr<model>, 4> users;
    std::latch start(users.size());
    {
        std::array<std::jthread, 4> threads;
        for (std::size_t i = 0; i < threads.size(); ++i)
            threads[i] = std::jthread(
                [&, i]
                {
                    start.arrive_and_wait();
                    users[i] = penstock::shared<model>("four threads",
                                                       [&]
                                                       {
                                                           ++made;
                                                           return std::make_unique<model>(alive);
                                                       });
                });
    }
    BOOST_TEST(made == 1);
    for (const std::shared_ptr<model>& each : users)
        BOOST_TEST(each == users[0]);
}

BOOST_AUTO_TEST_CASE(two_places_that_ask_for_one_key_get_one_object)
{
    std::atomic<int> alive = 0;
    const auto here =
        penstock::shared<model>("two places", [&] { return std::make_unique<model>(alive); });
    const auto there =
        penstock::shared<model>("two places", [&] { return std::make_shared<model>(alive); });
    BOOST_TEST(here == there);
    BOOST_TEST(alive == 1);
}

BOOST_AUTO_TEST_CASE(an_object_is_freed_with_its_last_user_and_made_anew)
{
    std::atomic<int> alive = 0;
    const auto make = [&] { return std::make_shared<model>(alive); };
    auto first = penstock::shared<model>("freed", make);
    auto second = penstock::shared<model>("freed", make);
    BOOST_TEST(alive == 1);
    first.reset();
    BOOST_TEST(alive == 1);
    second.reset();
    BOOST_TEST(alive == 0);
    first = penstock::shared<model>("freed", make);
    BOOST_TEST(alive == 1);
}

BOOST_AUTO_TEST_CASE(each_key_and_type_has_an_object_of_its_own)
{
    std::atomic<int> alive = 0;
    const auto make = [&] { return std::make_unique<model>(alive); };
    const auto a = penstock::shared<model>("a", make);
    const auto b = penstock::shared<model>("b", make);
    const auto other = penstock::shared<int>("a", [] { return std::make_unique<int>(1); });
    BOOST_TEST(a != b);
    BOOST_TEST(alive == 2);
    BOOST_TEST(*other == 1);
}

BOOST_AUTO_TEST_CASE(after_an_exception_the_next_who_asks_tries_anew)
{
    BOOST_CHECK_THROW((void)penstock::shared<int>("broken",
                                                  []() -> std::unique_ptr<int>
                                                  { throw std::runtime_error("no model"); }),
                      std::runtime_error);
    BOOST_TEST(*penstock::shared<int>("broken", [] { return std::make_unique<int>(2); }) == 2);
}
