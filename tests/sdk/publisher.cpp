// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/publisher.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace std::chrono_literals;

namespace
{

/// Writes the batches down; marks those items that ask for it by their field `mark`.
struct recorder final : penstock::publisher
{
    recorder() : publisher({.count = 4, .wait = 0ms}) {}

    int connections = 0;
    std::vector<std::size_t> sizes;

    void connect() override { ++connections; }

    void write(penstock::batch& items) override
    {
        sizes.push_back(items.size());
        bool throws = false;
        bool is_away = false;
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            const std::string mark = items[i].text("mark", "");
            if (mark == "deliver")
                deliver(i);
            else if (mark == "drop")
                drop(i);
            else if (mark == "fail")
                fail(i, "told to fail");
            else if (mark == "retry")
                retry(i, "told to come again");
            throws = throws || items[i].has("throw");
            is_away = is_away || items[i].has("away");
        }
        if (throws)
            throw std::runtime_error("broken");
        if (is_away)
            throw penstock::unavailable("nobody is there", 3s);
    }
};

penstock::packet marked(const char* mark, const char* also = "n")
{
    return penstock::packet({{"mark", mark}, {also, 1}});
}

std::string marks(const std::vector<penstock::packet>& packets)
{
    std::string all;
    for (const penstock::packet& each : packets)
        all += (all.empty() ? "" : " ") + each.text("mark", "none");
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_publisher_declares_an_input_and_the_bounds_of_a_batch)
{
    const recorder fresh;
    const penstock::component_description found = penstock::describe(fresh);
    BOOST_TEST_REQUIRE(found.inputs.size() == 1u);
    BOOST_TEST(found.outputs.empty());
    std::string names;
    for (const auto& each : found.parameters)
        names += each.name + ' ';
    BOOST_TEST(names == "batch_count batch_bytes batch_wait ");
}

BOOST_AUTO_TEST_CASE(items_without_a_mark_are_delivered_when_write_returns)
{
    const auto result = penstock::testing::run<recorder>(
        {}, penstock::testing::packets(marked("drop"), marked("none"), marked("fail"),
                                       marked("retry")));
    BOOST_TEST(marks(result.delivered) == "none");
    BOOST_TEST(marks(result.dropped) == "drop");
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(result.failed[0].second == "told to fail");
    BOOST_TEST(result.failed[1].second == "told to come again");
}

BOOST_AUTO_TEST_CASE(marks_survive_a_throw_and_items_without_one_fail_with_its_text)
{
    const auto result = penstock::testing::run<recorder>(
        {}, penstock::testing::packets(marked("deliver", "throw"), marked("none"), marked("drop"),
                                       marked("fail")));
    BOOST_TEST(marks(result.delivered) == "deliver");
    BOOST_TEST(marks(result.dropped) == "drop");
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(result.failed[0].second == "broken");
    BOOST_TEST(result.failed[1].second == "told to fail");
}

BOOST_AUTO_TEST_CASE(what_is_thrown_when_all_items_are_marked_is_logged)
{
    const auto result = penstock::testing::run<recorder>(
        {}, penstock::testing::packets(marked("deliver", "throw")));
    BOOST_TEST(result.delivered.size() == 1u);
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.log.size() == 1u);
    BOOST_TEST(result.log[0] == "threw when all it had received had ended: broken");
}

BOOST_AUTO_TEST_CASE(what_is_unavailable_leaves_the_run)
{
    BOOST_CHECK_EXCEPTION(
        (void)penstock::testing::run<recorder>({},
                                               penstock::testing::packets(marked("none", "away"))),
        penstock::unavailable,
        [](const auto& error)
        { return error.what() == std::string("nobody is there") && error.retry_after() == 3s; });
}

BOOST_AUTO_TEST_CASE(batches_keep_within_their_count)
{
    recorder component;
    penstock::testing::inputs inputs;
    inputs.emplace("in", numbered(1, 10));
    (void)penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(component.sizes == (std::vector<std::size_t>{4, 4, 2}),
               boost::test_tools::per_element());
    BOOST_TEST(component.connections == 1);
}

BOOST_AUTO_TEST_CASE(batches_end_when_they_have_their_bytes)
{
    recorder component;
    penstock::testing::inputs inputs;
    for (int i = 0; i < 4; ++i)
        inputs["in"].emplace_back(penstock::json::object{{"text", std::string(600, 'x')}});
    (void)penstock::testing::run(component, {{"batch_bytes", "1KiB"}}, std::move(inputs));
    BOOST_TEST(component.sizes == (std::vector<std::size_t>{2, 2}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_mark_beyond_the_batch_is_a_mistake)
{
    struct careless final : penstock::publisher
    {
        void write(penstock::batch& items) override { deliver(items.size()); }
    };
    const auto result = penstock::testing::run<careless>({}, numbered(1, 1));
    BOOST_TEST(result.failed.size() == 1u);
}
