// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "frames.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(syslog_frames)

using namespace syslog_package;

namespace
{

// The messages of a connection that gives so many bytes at a time; those that are cut with "…".
std::vector<std::string> read(std::string_view bytes, std::size_t at_a_time, std::size_t most = 20)
{
    frames from(most);
    std::vector<std::string> found;
    const auto keep = [&](const frame& each)
    { found.push_back(each.text + (each.is_cut ? "…" : "")); };
    for (; !bytes.empty(); bytes.remove_prefix(std::min(at_a_time, bytes.size())))
    {
        from.add(bytes.substr(0, at_a_time));
        while (const std::optional<frame> each = from.next())
            keep(*each);
    }
    if (const std::optional<frame> last = from.rest())
        keep(*last);
    return found;
}

void check(std::string_view bytes, const std::vector<std::string>& expected)
{
    for (const std::size_t at_a_time : {1, 2, 3, 7, 1000})
    {
        const std::vector<std::string> found = read(bytes, at_a_time);
        BOOST_TEST(found == expected, boost::test_tools::per_element());
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(lines_and_counted_messages_may_follow_each_other)
{
    check("<1>one\n6 <2>two<3>three\r\n\n8 <4>\nfour\n<5>\n",
          {"<1>one", "<2>two", "<3>three\r", "<4>\nfour", "<5>"});
}

BOOST_AUTO_TEST_CASE(of_what_is_too_long_the_begin_is_kept_and_the_next_is_whole)
{
    check("<1>" + std::string(30, 'x') + "\n<2>\n33 <3>" + std::string(30, 'y') + "<4>ok\n",
          {"<1>" + std::string(17, 'x') + "…", "<2>", "<3>" + std::string(17, 'y') + "…", "<4>ok"});
}

BOOST_AUTO_TEST_CASE(a_message_of_the_greatest_length_is_whole)
{
    check("<1>" + std::string(17, 'x') + "\n20 <2>" + std::string(17, 'x'),
          {"<1>" + std::string(17, 'x'), "<2>" + std::string(17, 'x')});
}

BOOST_AUTO_TEST_CASE(what_a_connection_ends_in_is_cut)
{
    check("<1>a\n<2>b", {"<1>a", "<2>b…"});
    check("9 <1>a", {"<1>a…"});
    check("12", {});
    check("<1>a\n", {"<1>a"});
    check("99 <1>" + std::string(40, 'x'), {"<1>" + std::string(17, 'x') + "…"});
}

BOOST_AUTO_TEST_CASE(digits_that_are_no_count_begin_a_line)
{
    check("2026-12-01 x\n0 y\n1234567890 z\n", {"2026-12-01 x", "0 y", "1234567890 z"});
}

BOOST_AUTO_TEST_SUITE_END()
