#include <penstock/testing/package.hpp>
#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_CASE(each_packet_becomes_a_line)
{
    std::vector<penstock::packet> packets(2);
    packets[0].set("text", "one");
    packets[1].set("text", "two");
    std::filesystem::remove("written.ndjson");

    auto result =
        penstock::testing::run("placeholder", {{"path", "written.ndjson"}}, std::move(packets));

    std::ostringstream written;
    written << std::ifstream("written.ndjson").rdbuf();
    BOOST_TEST(written.str() == "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_an_error)
{
    BOOST_CHECK_THROW(
        static_cast<void>(penstock::testing::run("placeholder", {{"path", "/nowhere/at/all"}},
                                                 std::vector<penstock::packet>(1))),
        penstock::unavailable);
}
