// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Scripts that need as much of a stack as there is of it, on the fiber of a node.
#include "tests/packages/stage.hpp"
#include "tests/plugins/lua/deep_scripts.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Runs a script over packets, each a request of its own; returns the reasons of failures, or an
// empty text for each that came out.
std::vector<std::string> reasons_of(const std::string& script, std::vector<packet> given)
{
    const std::shared_ptr<const component_type> type = packages().find("script/lua");
    BOOST_TEST_REQUIRE(type != nullptr);
    const workplace place;
    exercise how{"script/lua", {}, {}, 0, {}, false, {}};
    how.params["script"] = script;
    stage stage(*type, how);
    stage.deploy(1);
    for (packet& each : given)
        stage.push(std::move(each));
    BOOST_TEST(stage.settle());
    BOOST_TEST(stage.restarts() == 0U);
    std::vector<std::string> reasons;
    for (const auto& receipt : stage.receipts())
    {
        BOOST_TEST_REQUIRE(receipt->is_done());
        const receipt_result& result = receipt->result();
        BOOST_TEST(result.delivered + result.dead_count == 1U);
        reasons.emplace_back(
            result.dead.empty() ? "" : std::string(result.dead.front().at("reason").as_string()));
    }
    return reasons;
}

packet with(json::object fields)
{
    return packet(std::move(fields));
}

} // namespace

BOOST_AUTO_TEST_SUITE(scripts_on_a_fiber)

BOOST_AUTO_TEST_CASE(what_reaches_a_limit_is_one_dead_letter_and_the_stream_goes_on)
{
    const std::vector<std::string> reasons =
        reasons_of("function process(p)\n"
                   "  if p.bad == 1 then while true do end end\n"
                   "  if p.bad == 2 then local t = {} while true do t[#t + 1] = ('x'):rep(99999) "
                   ".. #t end end\n"
                   "  if p.bad == 3 then fail('not wanted') end\n"
                   "  if p.bad == 4 then p.changed = 1 derive(p) error('oops') end\n"
                   "  return p\nend",
                   testing::packets(with({}), with({{"bad", 1}}), with({}), with({{"bad", 2}}),
                                    with({}), with({{"bad", 3}}), with({{"bad", 4}}), with({})));
    BOOST_TEST(reasons == (std::vector<std::string>{"", "instruction limit: 10000000 instructions",
                                                    "", "memory limit: 67108864 bytes", "",
                                                    "not wanted", "script:5: oops", ""}),
               boost::test_tools::per_element());
}

// Other builds have larger frames.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
BOOST_AUTO_TEST_CASE(the_deepest_recursion_stays_on_the_stack_of_a_node)
{
    for (const char* const script : lua_tests::deep_scripts)
    {
        const json::object deep{{"text", "a text that is not short"}, {"deep", true}};
        const std::vector<std::string> reasons = reasons_of(
            std::string(script) + " function process(p) if p.deep then f(p) end return p end",
            testing::packets(with(deep), with({}), with(deep), with({})));
        BOOST_TEST_REQUIRE(reasons.size() == 4U);
        BOOST_TEST(reasons[1] == "", script);
        BOOST_TEST(reasons[3] == "", script);
        BOOST_TEST(reasons[2] == reasons[0], script);
    }
}
#endif

BOOST_AUTO_TEST_SUITE_END()
