#include <penstock/testing/package.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

BOOST_AUTO_TEST_CASE(words_are_counted)
{
    std::vector<penstock::packet> packets(2);
    packets[0].set("text", "three  short\nwords");
    packets[1].set("text", "");

    auto result = penstock::testing::run("placeholder", {}, std::move(packets));

    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].get("words") == 3);
    BOOST_TEST(result.out()[1].get("words") == 0);
}

BOOST_AUTO_TEST_CASE(a_packet_without_the_field_fails)
{
    auto result = penstock::testing::run("placeholder", {}, std::vector<penstock::packet>(1));

    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1U);
}
