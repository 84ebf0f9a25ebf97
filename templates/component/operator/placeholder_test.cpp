#include <penstock/testing/package.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(the_value_of_the_field_decides)
{
    std::vector<penstock::packet> packets(3);
    packets[0].set("kind", "urgent");
    packets[1].set("kind", "usual");

    auto result = penstock::testing::run("placeholder", {{"values", json::array{"urgent"}}},
                                         std::move(packets));

    BOOST_TEST_REQUIRE(result.sent["matched"].size() == 1U);
    BOOST_TEST(result.sent["matched"][0].text("kind") == "urgent");
    BOOST_TEST(result.sent["rest"].size() == 2U);
}
