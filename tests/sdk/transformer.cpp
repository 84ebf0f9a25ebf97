// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/testing/run.hpp>
#include <penstock/transformer.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stdexcept>

namespace
{

struct twice final : penstock::transformer
{
    void process(penstock::packet& packet) override
    {
        const std::int64_t n = packet.get("n").to_number<std::int64_t>();
        if (n == 2)
            throw std::runtime_error("two is too many");
        if (n == 4)
            throw 4;
        if (n == 5)
            throw penstock::stopped();
        packet.set("n", 2 * n);
    }
};

struct odd final : penstock::filter
{
    bool keep(const penstock::packet& packet) override
    {
        const std::int64_t n = packet.get("n").to_number<std::int64_t>();
        if (n == 3)
            throw std::runtime_error("three is odd indeed");
        return n % 2 == 1;
    }
};

/// Sends the packet on, or moves it into a place of its own, and then throws.
struct hasty final : penstock::transformer
{
    void process(penstock::packet& packet) override
    {
        if (packet.has("send"))
            out.send(std::move(packet));
        const penstock::packet mine = std::move(packet);
        throw std::runtime_error("too late");
    }
};

/// Derives a child and throws before it is sent.
struct unsent_child final : penstock::transformer
{
    void process(penstock::packet& packet) override
    {
        const penstock::packet child = packet.derive();
        throw std::runtime_error("no use");
    }
};

struct take_away final : penstock::transformer
{
    std::vector<penstock::packet> taken;

    void process(penstock::packet& packet) override
    {
        taken.push_back(std::move(packet));
        if (taken.size() == 2)
            throw std::runtime_error("the packet has gone by now");
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_transformer_has_one_input_and_one_output)
{
    const twice fresh;
    const penstock::component_description found = penstock::describe(fresh);
    BOOST_TEST_REQUIRE(found.inputs.size() == 1u);
    BOOST_TEST(found.inputs[0].name == "in");
    BOOST_TEST_REQUIRE(found.outputs.size() == 1u);
    BOOST_TEST(found.outputs[0].name == "out");
}

BOOST_AUTO_TEST_CASE(an_exception_of_process_fails_that_packet_and_the_next_one_comes)
{
    auto result = penstock::testing::run<twice>({}, numbered(1, 3));
    BOOST_TEST(numbers(result.out()) == "2 6");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.get("n") == penstock::json::value(2));
    BOOST_TEST(result.failed[0].second == "two is too many");
}

BOOST_AUTO_TEST_CASE(what_is_no_std_exception_passes_through_a_transformer)
{
    BOOST_CHECK_THROW((void)penstock::testing::run<twice>({}, numbered(4, 4)), int);
    BOOST_CHECK_THROW((void)penstock::testing::run<twice>({}, numbered(5, 5)), penstock::stopped);
}

BOOST_AUTO_TEST_CASE(a_packet_that_process_moved_away_is_neither_sent_nor_failed)
{
    take_away component;
    penstock::testing::inputs inputs;
    inputs.emplace("in", numbered(1, 3));
    auto result = penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(numbers(component.taken) == "1 2 3");
    BOOST_TEST_REQUIRE(result.log.size() == 1u);
    BOOST_TEST(result.log[0] ==
               "threw when all it had received had ended: the packet has gone by now");
}

BOOST_AUTO_TEST_CASE(a_packet_that_process_moved_and_destroyed_fails_with_what_was_thrown)
{
    const auto result = penstock::testing::run<hasty>({}, numbered(1, 1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "too late");
}

BOOST_AUTO_TEST_CASE(what_is_thrown_after_a_packet_was_sent_changes_nothing_and_is_logged)
{
    auto result = penstock::testing::run<hasty>(
        {}, penstock::testing::packets(penstock::packet({{"send", true}})));
    BOOST_TEST(result.out().size() == 1u);
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.log.size() == 1u);
    BOOST_TEST(result.log[0] == "threw when all it had received had ended: too late");
}

BOOST_AUTO_TEST_CASE(an_unsent_child_goes_with_the_parent_that_is_to_blame)
{
    const auto result = penstock::testing::run<unsent_child>({}, numbered(1, 1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.has("n"));
    BOOST_TEST(result.failed[0].second == "no use");
}

BOOST_AUTO_TEST_CASE(a_filter_sends_what_it_keeps_and_fails_what_throws)
{
    auto result = penstock::testing::run<odd>({}, numbered(1, 5));
    BOOST_TEST(numbers(result.out()) == "1 5");
    BOOST_TEST(numbers(result.dropped) == "2 4");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].first.get("n") == penstock::json::value(3));
    BOOST_TEST(result.failed[0].second == "three is odd indeed");
}
