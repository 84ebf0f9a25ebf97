#include <penstock/testing/package.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_CASE(each_line_becomes_a_packet)
{
    std::vector<penstock::packet> bodies(1);
    bodies[0].set_data(penstock::bytes(std::string("one\ntwo")));

    auto result = penstock::testing::run("placeholder", {}, std::move(bodies));

    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].text("text") == "one");
    BOOST_TEST(result.out()[1].text("text") == "two");
}
