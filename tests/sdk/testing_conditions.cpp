// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(testing_conditions)

using namespace std::chrono_literals;
using penstock::testing::at;
using penstock::testing::run;
using penstock::testing::timetable;

namespace
{

// Throws for a packet as often as its field `fails` says.
struct moody final : penstock::transformer
{
    static std::map<int, int> failures; // by number

    void process(penstock::packet& packet) override
    {
        if (failures[packet.get("n").to_number<int>()]++ < packet.get("fails").to_number<int>())
            throw std::runtime_error("not now");
    }
};

std::map<int, int> moody::failures;

// Publishes batches, and notes how large they were.
struct batched final : penstock::publisher
{
    static std::vector<std::size_t> sizes;

    void write(penstock::batch& items) override
    {
        sizes.push_back(items.size());
        for (const penstock::packet& each : items)
            if (each.get("n") == 2)
                throw std::runtime_error("one of them is bad");
    }
};

std::vector<std::size_t> batched::sizes;

// Holds two packets, then sends them; its run() throws for the number 3.
struct pairs final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::counter received{*this, "received", "Packets."};

    void run() override
    {
        std::vector<penstock::packet> held;
        while (auto packet = in.receive())
        {
            received.add();
            held.push_back(std::move(*packet));
            if (held.back().get("n") == 3)
                throw std::runtime_error("three is bad");
            if (held.size() == 2)
                send(held);
        }
        send(held);
    }

    void send(std::vector<penstock::packet>& held)
    {
        for (penstock::packet& each : held)
            out.send(std::move(each));
        held.clear();
    }
};

// Sends batches or requests on; its run() throws for the number 2.
template <bool OfRequests>
struct gathers final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (penstock::batch some = OfRequests ? in.receive_request() : in.receive_some(3, 1h))
            for (penstock::packet& each : some)
            {
                if (each.get("n") == 2)
                    throw std::runtime_error("two is bad");
                out.send(std::move(each));
            }
    }
};

struct never final : penstock::component
{
    penstock::input in{*this, "in"};

    void run() override { throw std::out_of_range("never"); }
};

// Counts what comes within ten seconds of the first.
struct window final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto first = in.receive())
        {
            int count = 1;
            const auto end = penstock::now() + 10s;
            for (;;)
            {
                auto next = in.receive_until(end);
                if (!next)
                    break;
                ++count;
                drop(std::move(*next));
            }
            penstock::packet whole = first->derive();
            whole.set("n", count);
            out.send(std::move(whole));
        }
    }
};

// Sends on what came within ten seconds of the first; its run() throws for the number 2.
struct windowed final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto first = in.receive())
        {
            std::vector<penstock::packet> held;
            hold(held, std::move(*first));
            const auto end = penstock::now() + 10s;
            while (auto next = in.receive_until(end))
                hold(held, std::move(*next));
            for (const penstock::packet& each : held)
            {
                penstock::packet child = each.derive();
                child.set("n", each.get("n"));
                out.send(std::move(child));
            }
        }
    }

    static void hold(std::vector<penstock::packet>& held, penstock::packet&& packet)
    {
        held.push_back(std::move(packet));
        if (held.back().get("n") == 2)
            throw std::runtime_error("two is bad");
    }
};

// Makes two children of each packet, and notes their ids.
struct twice final : penstock::component
{
    static std::vector<std::string> ids;
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            for (int n = 0; n < 2; ++n)
            {
                penstock::packet child = packet->derive();
                ids.push_back(child.id().text());
                out.send(std::move(child));
            }
    }
};

std::vector<std::string> twice::ids;

// A component that writes which instances existed when it began.
struct crowd final : penstock::component
{
    static int instances;
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void start() override { ++instances; }

    void run() override
    {
        while (auto packet = in.receive())
        {
            packet->set("instances", instances);
            out.send(std::move(*packet));
        }
    }
};

int crowd::instances = 0;

std::vector<penstock::packet> failing(std::initializer_list<int> times)
{
    std::vector<penstock::packet> list;
    int n = 0;
    for (const int each : times)
        list.push_back(penstock::packet({{"n", ++n}, {"fails", each}}));
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_is_tried_again_behind_the_others_until_its_attempts_are_used)
{
    moody::failures.clear();
    auto result = run<moody>({}, failing({2, 0, 3, 1}), {.attempts = 3});
    BOOST_TEST(numbers(result.out()) == "2 4 1");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.get("n") == 3);
    BOOST_TEST(result.failed[0].second == "not now");
}

BOOST_AUTO_TEST_CASE(without_that_condition_it_fails_at_once)
{
    moody::failures.clear();
    auto result = run<moody>({}, failing({1}));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(in_its_last_attempt_a_packet_is_a_batch_of_its_own)
{
    const auto result = run<batched>({}, numbered(1, 3), {.attempts = 3});
    BOOST_TEST(batched::sizes == (std::vector<std::size_t>{3, 3, 1, 1, 1}),
               boost::test_tools::per_element());
    BOOST_TEST(numbers(result.delivered) == "1 3");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "one of them is bad");
}

BOOST_AUTO_TEST_CASE(in_its_last_attempt_a_packet_is_a_window_of_its_own)
{
    const auto result = run<windowed>({}, numbered(1, 4), {.attempts = 3, .recovers = true});
    BOOST_TEST(numbers(result.sent.at("out")) == "3 4 1");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.get("n") == 2);
    BOOST_TEST(result.failed[0].second == "two is bad");
}

BOOST_AUTO_TEST_CASE(a_new_instance_takes_over_and_receives_again_what_the_other_held)
{
    auto result = run<pairs>({}, numbered(1, 6), {.recovers = true});
    BOOST_TEST(numbers(result.out()) == "1 2 4 5 6");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.get("n") == 3);
    BOOST_TEST(result.failed[0].second == "three is bad");
    BOOST_TEST(result.restarts == 1u);
    BOOST_TEST(result.metrics.at("received") == 6);
}

BOOST_AUTO_TEST_CASE(what_is_held_with_a_bad_packet_comes_again_in_order)
{
    auto result = run<pairs>({}, numbered(2, 6), {.recovers = true});
    BOOST_TEST(numbers(result.out()) == "2 4 5 6");
    BOOST_TEST(result.failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_batch_and_a_request_come_again_one_by_one_without_the_bad_packet)
{
    auto by_batch = run<gathers<false>>({}, numbered(1, 5), {.recovers = true});
    auto by_request = run<gathers<true>>({}, numbered(1, 5), {.recovers = true});
    BOOST_TEST(numbers(by_batch.out()) == "1 4 5 3");
    BOOST_TEST(numbers(by_request.out()) == "1 3 4 5");
    for (const auto* each : {&by_batch, &by_request})
    {
        BOOST_TEST_REQUIRE(each->failed.size() == 1u);
        BOOST_TEST(each->failed.front().first.get("n") == 2);
    }
}

BOOST_AUTO_TEST_CASE(who_throws_again_and_again_leaves_the_run)
{
    BOOST_CHECK_THROW((void)run<never>({}, numbered(1, 1), {.recovers = true}), std::out_of_range);
    BOOST_CHECK_THROW((void)run<pairs>({}, numbered(3, 3)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(an_event_after_eleven_seconds_opens_a_second_window)
{
    auto result =
        run<window>({}, timetable(at(0s, penstock::packet()), at(4s, penstock::packet()),
                                  at(11s, penstock::packet()), at(12s, penstock::packet()),
                                  at(20s, penstock::packet())));
    BOOST_TEST(numbers(result.out()) == "2 3");
    BOOST_TEST((result.elapsed == 21s));
}

BOOST_AUTO_TEST_CASE(packets_come_in_the_order_of_their_times)
{
    auto result = run<moody>({}, timetable(at(2s, penstock::packet({{"n", 2}, {"fails", 0}})),
                                           at(1s, penstock::packet({{"n", 1}, {"fails", 0}}))));
    BOOST_TEST(numbers(result.out()) == "1 2");
}

BOOST_AUTO_TEST_CASE(a_replay_has_the_same_ids)
{
    auto result = run<twice>({}, numbered(1, 1), {.replays = 2});
    BOOST_TEST(result.out().size() == 2u);
    BOOST_TEST_REQUIRE(twice::ids.size() == 6u);
    BOOST_TEST(twice::ids[0] != twice::ids[1]);
    for (std::size_t i = 2; i < 6; ++i)
        BOOST_TEST(twice::ids[i] == twice::ids[i - 2]);
}

BOOST_AUTO_TEST_CASE(lanes_are_instances_that_live_at_one_time)
{
    auto result = run<crowd>({}, numbered(1, 5), {.lanes = 2});
    BOOST_TEST(numbers(result.out()) == "1 3 5 2 4");
    BOOST_TEST(result.out()[0].get("instances") == 2);
    BOOST_CHECK_THROW((void)run<crowd>({}, numbered(1, 1), {.lanes = 0}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
