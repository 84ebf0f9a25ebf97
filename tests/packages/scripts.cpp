// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Scripts that need as much of a stack as there is of it, on the fiber of a node.
#include "tests/packages/stage.hpp"
#include "tests/plugins/lua/deep_scripts.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(scripts_on_a_fiber)

BOOST_AUTO_TEST_CASE(the_deepest_recursion_stays_on_the_stack_of_a_node)
{
    const std::shared_ptr<const component_type> type = packages().find("script/lua");
    BOOST_TEST_REQUIRE(type != nullptr);
    for (const char* const script : lua_tests::deep_scripts)
    {
        const workplace place;
        exercise how{"script/lua", {}, {}, 0, {}, false, {}};
        how.params["script"] =
            std::string(script) + " function process(p) if p.deep then f(p) end return p end";
        stage stage(*type, how);
        stage.deploy(1);
        for (const bool deep : {true, false, true, false})
        {
            packet given;
            given.set("text", "a text that is not short");
            if (deep)
                given.set("deep", true);
            stage.push(std::move(given));
        }
        BOOST_TEST(stage.settle());
        BOOST_TEST(stage.restarts() == 0U);
        const std::vector<std::string> fates = stage.fates();
        BOOST_TEST_REQUIRE(fates.size() == 4U);
        BOOST_TEST(fates[1].find("dead 0") != std::string::npos, script << ": " << fates[1]);
        BOOST_TEST(fates[3] == fates[1], script << ": " << fates[3]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
