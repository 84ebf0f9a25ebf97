// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "request_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(otlp_request_queue)

using namespace otlp_package;

namespace
{

std::vector<record> records(int count, std::size_t shared = 0)
{
    const auto part = std::make_shared<shared_part>(shared_part{{}, shared});
    const auto none = std::make_shared<shared_part>();
    std::vector<record> made;
    for (int n = 0; n < count; ++n)
        made.push_back({{{"n", n}}, part, none, nullptr});
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_request_is_done_when_its_last_record_has_ended)
{
    request_queue queue(100);
    std::string done;
    BOOST_TEST(queue.push(signal::logs, records(2), 10, "a", [&] { done += 'a'; }) != 0U);
    BOOST_TEST(queue.push(signal::logs, records(1), 10, "b", [&] { done += 'b'; }) != 0U);
    const auto taken = queue.take(10, 100);
    BOOST_TEST_REQUIRE(taken.size() == 3U);
    BOOST_TEST(taken[1].position == "a/1");
    BOOST_TEST(taken[2].position == "b/0");
    queue.end(1);
    BOOST_TEST(done.empty());
    queue.end(1);
    BOOST_TEST(done == "a");
    queue.end(1);
    BOOST_TEST(done == "ab");
}

BOOST_AUTO_TEST_CASE(a_request_that_the_graph_has_begun_with_is_not_withdrawn)
{
    request_queue queue(100);
    const auto first = queue.push(signal::logs, records(2), 10, "a", [] {});
    const auto second = queue.push(signal::logs, records(2), 10, "b", [] {});
    BOOST_TEST(queue.take(1, 100).size() == 1U);
    BOOST_TEST(!queue.withdraw(first));
    BOOST_TEST(queue.withdraw(second));
    BOOST_TEST(!queue.withdraw(second));
    BOOST_TEST(queue.take(10, 100).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_request_beyond_the_bytes_is_refused_until_others_have_ended)
{
    request_queue queue(15);
    BOOST_TEST(queue.push(signal::logs, records(1), 20, "large", [] {}) != 0U);
    BOOST_TEST(queue.push(signal::logs, records(1), 1, "a", [] {}) == 0U);
    BOOST_TEST(queue.take(10, 100).size() == 1U);
    queue.end(1);
    BOOST_TEST(queue.push(signal::logs, records(1), 1, "a", [] {}) != 0U);
}

BOOST_AUTO_TEST_CASE(records_that_share_much_are_taken_few_at_a_time)
{
    request_queue queue(100);
    BOOST_TEST(queue.push(signal::logs, records(4, 60), 10, "a", [] {}) != 0U);
    BOOST_TEST(queue.take(10, 120).size() == 2U);
    BOOST_TEST(queue.take(10, 1).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
