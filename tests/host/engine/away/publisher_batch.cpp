// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_batch_of_a_publisher)

// Which of them is to blame cannot be told; tried alone, the others get through.
BOOST_AUTO_TEST_CASE(that_fails_for_one_of_its_packets_loses_only_that)
{
    class picky final : public publisher
    {
    public:
        picky(collected& got, std::vector<std::size_t>& sizes)
            : publisher({.count = 4, .wait = 1h}), got_(got), sizes_(sizes)
        {
        }

    private:
        collected& got_;
        std::vector<std::size_t>& sizes_;
        void write(batch& items) override
        {
            sizes_.push_back(items.size());
            for (const packet& each : items)
                if (each.text("text") == "poison")
                    throw std::runtime_error("cannot take that");
            for (const packet& each : items)
                got_.add(each.text("text"));
        }
    };
    collected got;
    std::vector<std::size_t> sizes;
    bench bench;
    bench.deploy(
        plan_builder()
            .lines()
            .node("picky", category::publisher, [&] { return std::make_unique<picky>(got, sizes); })
            .retry({.attempts = 3, .backoff = 1ms, .max_backoff = 4ms})
            .edge("lines.out", "picky.in"));
    bench.push("a\npoison\nb\nc");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
    BOOST_TEST(sizes == (std::vector<std::size_t>{4, 4, 1, 1, 1, 1}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters()[0].attempts == 3U);
    BOOST_TEST(bench.dead_letters()[0].reason == "cannot take that");
}

BOOST_AUTO_TEST_SUITE_END()
