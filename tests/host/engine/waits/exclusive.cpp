// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Resources that one version has, and the next waits for.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

BOOST_AUTO_TEST_SUITE(time_and_teardown)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(an_exclusive_resource_passes_to_the_new_version_when_the_old_has_drained)
{
    std::atomic<int> holders{0};
    std::atomic<int> most{0};
    const auto make = [&](collected& into)
    {
        return plan_builder()
            .door()
            .function(
                "holder",
                [&](input& in, output&, function_component& self)
                {
                    exclusive("the file");
                    most = std::max<int>(most, ++holders);
                    while (auto packet = in.receive())
                    {
                        into.add(packet->text("text"));
                        self.deliver(std::move(*packet));
                    }
                    --holders;
                },
                category::publisher)
            .edge("door.out", "holder.in");
    };
    collected first;
    collected second;
    bench bench;
    bench.deploy(make(first));
    bench.push("old");
    bench.deploy(make(second));
    bench.push("new");
    BOOST_TEST(bench.settle());
    BOOST_TEST(most == 1);
    BOOST_TEST(first.size() == 1U);
    BOOST_TEST(second.size() == 1U);
}

// The old version would wait for the new one to go, and that for the old one to drain.
BOOST_AUTO_TEST_CASE(a_resource_is_not_granted_while_an_older_version_might_still_ask_for_it)
{
    resources all;
    bool granted = false;
    all.enter(1, "graph");
    all.enter(2, "graph");
    all.enter(3, "another graph");
    BOOST_TEST(!all.acquire(2, "the file", [&] { granted = true; }));
    BOOST_TEST(all.acquire(1, "the file", [] {}));
    BOOST_TEST(!all.acquire(3, "the file", [] {}));
    BOOST_TEST(!granted);
    all.release(1);
    BOOST_TEST(granted);
    BOOST_TEST(all.acquire(3, "another file", [] {}));
}

BOOST_AUTO_TEST_SUITE_END()
