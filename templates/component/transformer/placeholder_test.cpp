#include <penstock/testing/package.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

BOOST_AUTO_TEST_CASE(the_ending_is_added)
{
    std::vector<penstock::packet> packets(1);
    packets[0].set("text", "hello");

    auto result = penstock::testing::run("placeholder", {{"ending", "?"}}, std::move(packets));

    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text") == "hello?");
}

BOOST_AUTO_TEST_CASE(a_packet_without_the_field_fails)
{
    auto result = penstock::testing::run("placeholder", {}, std::vector<penstock::packet>(1));

    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1U);
}
