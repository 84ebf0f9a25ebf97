// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/engine.hpp"

#include "host/journal/memory_journal.hpp"
#include "host/lane/plan.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(engines)

using namespace penstock::host;

namespace
{

engine_options one_lane()
{
    engine_options options;
    options.lanes = 1;
    return options;
}

// An engine whose folder of packages is empty at first, and watched by nobody.
class empty_engine
{
public:
    empty_engine() : components_({{folder(), true}}), graphs_(components_, journal_, one_lane()) {}

    ~empty_engine()
    {
        graphs_.stop_all();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    engine* operator->() { return &graphs_; }

    catalogue& components() { return components_; }

    void install() { std::filesystem::copy_file(PENSTOCK_DOOR, folder_ / "door.so"); }

private:
    const std::filesystem::path& folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "penstock-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder can be made");
        return folder_ = std::filesystem::canonical(name);
    }

    std::filesystem::path folder_;
    memory_journal journal_;
    catalogue components_;
    engine graphs_;
};

graph_spec graph()
{
    return parse_graph(R"({"penstock": 1, "name": "g",
        "nodes": {"read": {"component": "door/read"}, "take": {"component": "door/take"}},
        "edges": [{"from": "read.out", "to": "take.in"}]})")
        .graph;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_graph_that_is_deployed_while_all_stop_does_not_run)
{
    empty_engine engine;
    engine.install();
    BOOST_TEST(engine->stop_all() == 0U);
    const std::vector<problem> refused = engine->deploy(graph());
    BOOST_TEST_REQUIRE(refused.size() == 1U);
    BOOST_TEST(refused.front().message == "the host is stopping");
    const auto made = engine->running("g");
    BOOST_TEST_REQUIRE(made != nullptr);
    BOOST_TEST((made->state() == graph_state::stopped));
}

BOOST_AUTO_TEST_CASE(a_deployment_uses_what_was_installed_just_before)
{
    empty_engine engine;
    BOOST_TEST(!engine->deploy(graph()).empty());
    engine.install();
    const std::vector<problem> problems = engine->deploy(graph());
    BOOST_TEST(problems.empty(), to_string(problems.empty() ? problem() : problems.front()));
}

BOOST_AUTO_TEST_CASE(a_package_that_goes_after_the_check_is_told)
{
    empty_engine engine;
    BOOST_CHECK_EXCEPTION(make_plan(graph(), engine.components()), std::runtime_error,
                          [](const std::runtime_error& error)
                          { return std::string(error.what()) == "read: door/read is gone"; });
}

BOOST_AUTO_TEST_SUITE_END()
