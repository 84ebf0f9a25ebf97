#include <penstock/testing/package.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

BOOST_AUTO_TEST_CASE(short_texts_and_packets_without_one_are_dropped)
{
    std::vector<penstock::packet> packets(3);
    packets[0].set("text", "hello");
    packets[1].set("text", "hi");

    auto result = penstock::testing::run("placeholder", {{"least", 3}}, std::move(packets));

    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text") == "hello");
}
