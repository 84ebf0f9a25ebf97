// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a check finds of components, and of what they ask of their graph.
#include "host/graph/check.hpp"
#include "host/graph/warn.hpp"
#include "tests/host/graph/graph_faults.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(find_unknown_components_with_the_nearest)
{
    CHECK_FAULTS(faults(graph({{"r", R"({"component": "sample/raed"})"}, {"d", "discard"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/r/component: unknown component \"sample/raed\"; "
                 "did you mean \"sample/read\"?");
    CHECK_FAULTS(
        faults(graph({{"r", R"({"component": "unheard/of_this_one"})"}, {"d", "discard"}},
                     {{"r.out", "d.in"}})),
        "/nodes/r/component: unknown component \"unheard/of_this_one\": there is no package "
        "\"unheard\"; a component of the catalogue was expected");
}

BOOST_AUTO_TEST_CASE(tell_why_a_package_was_refused)
{
    const std::string preset = own_stamp().sanitizer == "address" ? "asan" : "release";
    CHECK_FAULTS(faults(graph({{"r", R"({"component": "other_sdk/idle"})"}, {"d", "discard"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/r/component: unknown component \"other_sdk/idle\"; its package was "
                 "refused: " +
                     (std::filesystem::canonical(PENSTOCK_FIXTURES) / "other_sdk.so").string() +
                     ": is built for SDK ABI \"99\"; \"" + std::to_string(PENSTOCK_SDK_ABI) +
                     "\" was expected; build it anew: cmake --fresh --preset " + preset +
                     " && cmake --build --preset " + preset + " --clean-first");
}

BOOST_AUTO_TEST_CASE(find_a_version_that_is_not_there)
{
    const auto pinned = [](const std::string& pin)
    {
        return faults(graph(
            {{"r", R"({"component": "sample/read", "package": ")" + pin + "\"}"}, {"d", "discard"}},
            {{"r.out", "d.in"}}));
    };
    CHECK_FAULTS(pinned("sample@1.2"));
    CHECK_FAULTS(pinned("sample@2"),
                 "/nodes/r/package: package \"sample@2\" is not there; \"sample@1.2.3\" is");
    CHECK_FAULTS(pinned("other@1.2"),
                 "/nodes/r/package: package \"other@1.2\" is not there; \"sample@1.2.3\" is");
}

BOOST_AUTO_TEST_CASE(find_what_is_wrong_with_a_retry)
{
    const auto faults_of_retry = [](const std::string& retry)
    {
        return faults(graph(
            {{"r", "read"}, {"d", R"({"component": "sample/discard", "retry": )" + retry + "}"}},
            {{"r.out", "d.in"}}));
    };
    CHECK_FAULTS(faults_of_retry("{}"));
    CHECK_FAULTS(faults_of_retry(R"({"attempts": 1000, "backoff": 0, "max_backoff": "24h",
                                     "on": ["fail", "throw"]})"));
    CHECK_FAULTS(faults_of_retry(R"({"attempts": 0, "backof": "1s", "backoff": "soon",
                                     "max_backoff": "25h", "on": ["threw", 1]})"),
                 "/nodes/d/retry/backof: unknown key \"backof\"; did you mean \"backoff\"?",
                 "/nodes/d/retry/attempts: is 0; a whole number from 1 to 1000 was expected",
                 "/nodes/d/retry/backoff: is a text that cannot be read; a duration such as "
                 "\"500ms\", \"2s\", "
                 "\"1m\" or \"1h\", or milliseconds, was expected",
                 "/nodes/d/retry/max_backoff: is too long; at most \"24h\" was expected",
                 "/nodes/d/retry/on/0: unknown failure \"threw\"; did you mean \"throw\"?",
                 "/nodes/d/retry/on/1: is no text; \"throw\" or \"fail\" was expected");
    CHECK_FAULTS(
        faults_of_retry(R"({"attempts": 1.5, "backoff": "2s", "max_backoff": "1s",
                                     "on": []})"),
        "/nodes/d/retry/attempts: is 1.5; a whole number from 1 to 1000 was expected",
        "/nodes/d/retry/max_backoff: is less than the first wait; at least \"backoff\" was "
        "expected",
        "/nodes/d/retry/on: is empty; a list of \"throw\" and \"fail\" was expected");
}

BOOST_AUTO_TEST_CASE(warn_of_what_is_deprecated)
{
    const parsed_graph read =
        read_graph(graph({{"r", "read"},
                          {"w", R"({"component": "sample/old_write", "params": {"path": "x"}})"}},
                         {{"r.out", "w.in"}}),
                   fixtures());
    BOOST_TEST(read.problems.empty());
    CHECK_FAULTS(lines(warn(read.graph, fixtures())),
                 "/nodes/w/component: component \"sample/old_write\" is deprecated; "
                 "\"sample/write\" was expected");
}

BOOST_AUTO_TEST_CASE(ask_for_one_lane_where_a_component_must_see_all)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"w", "window"}, {"d", "discard"}},
                            {{"r.out", "w.in"}, {"w.out", "d.in"}}, more));
    };
    CHECK_FAULTS(with(""), "/nodes/w: component \"sample/window\" must see all packets; "
                           "\"lanes\": 1 or \"partition_by\" was expected");
    BOOST_TEST(with(R"("lanes": 2, )").size() == 1u);
    CHECK_FAULTS(with(R"("lanes": 1, )"));
    CHECK_FAULTS(with(R"("partition_by": "/meta/id", )"));
}

BOOST_AUTO_TEST_CASE(ask_for_one_lane_where_a_component_keeps_state)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"t", "tally"}, {"d", "discard"}},
                            {{"r.out", "t.in"}, {"t.out", "d.in"}}, more));
    };
    const char* const wrong =
        "/nodes/t: component \"sample/tally\" keeps state; \"lanes\": 1 was expected";
    CHECK_FAULTS(with(""), wrong);
    CHECK_FAULTS(with(R"("lanes": 2, "partition_by": "/meta/id", )"), wrong);
    CHECK_FAULTS(with(R"("lanes": 1, )"));
}

BOOST_AUTO_TEST_CASE(ask_for_a_partition_where_a_component_keeps_state_by_key)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"t", "tally_each"}, {"d", "discard"}},
                            {{"r.out", "t.in"}, {"t.out", "d.in"}}, more));
    };
    CHECK_FAULTS(with(R"("lanes": 1, )"),
                 "/nodes/t: component \"sample/tally_each\" keeps state by key; "
                 "\"partition_by\" was expected");
    CHECK_FAULTS(with(R"("lanes": 2, "partition_by": "/meta/id", )"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
