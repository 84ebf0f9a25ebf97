// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What becomes of the reason of a failure.
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_packet_destroyed_inside_blocking)

BOOST_AUTO_TEST_CASE(of_any_bytes_are_text)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                if (packet->text("text") == "throw")
                    throw std::runtime_error("bad \xff\xfe");
                self.fail(std::move(*packet), "bad \xff");
            }
        });
    run.push("fail");
    run.push("throw");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "bad \xef\xbf\xbd", "bad \xef\xbf\xbd\xef\xbf\xbd");
}

BOOST_AUTO_TEST_CASE(are_cut_if_they_are_long_and_told_to_be_missing_if_they_are_empty)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                const std::string how = packet->text("text");
                if (how == "throw")
                    throw std::runtime_error("");
                self.fail(std::move(*packet), std::string(how == "long" ? 3'000'000 : 0, 'x'));
            }
        });
    run.push("nothing");
    run.push("throw");
    run.push("long");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "no reason given by it", "no reason given by it",
                std::string(8192, 'x') + " … (cut; it had 3000000 bytes)");
}

BOOST_AUTO_TEST_CASE(of_a_component_that_tells_its_secret_hide_it)
{
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "teller",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 penstock::log(severity::warning, "logs in with hunter2");
                                 if (packet->text("text") == "throw")
                                     throw std::runtime_error("hunter2 is refused");
                                 self.fail(std::move(*packet), "hunter2, hunter2 fails");
                             }
                         },
                         category::publisher)
                     .secrets({"hunter2", "x"})
                     .edge("door.out", "teller.in"));
    BOOST_REQUIRE((bench.push("fail") == admission::accepted));
    BOOST_REQUIRE((bench.push("throw") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    std::vector<std::string> reasons;
    for (const dead_letter& each : bench.dead_letters())
        reasons.push_back(each.reason);
    std::ranges::sort(reasons);
    BOOST_TEST(reasons == (std::vector<std::string>{"*** is refused", "***, *** fails"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.log.texts().front() == "teller: logs in with ***");
    for (const std::string& each : bench.log.texts())
        BOOST_TEST(each.find("hunter2") == std::string::npos, each);
}

BOOST_AUTO_TEST_SUITE_END()
