// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/binary.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

BOOST_AUTO_TEST_SUITE(binary)

using namespace penstock::host;

namespace
{

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

std::string written(std::uint64_t number)
{
    std::string to;
    binary_writer(to).add(number);
    return to;
}

} // namespace

BOOST_AUTO_TEST_CASE(numbers_and_texts_are_read_as_they_were_written)
{
    std::string to;
    binary_writer(to).add(0).add("text").add(largest).add("").add(300);
    to += "rest";
    binary_reader reader(to);
    BOOST_TEST(reader.number() == 0);
    BOOST_TEST(reader.text() == "text");
    BOOST_TEST(reader.number() == largest);
    BOOST_TEST(reader.text() == "");
    BOOST_TEST(reader.number() == 300);
    BOOST_TEST(reader.rest() == "rest");
    BOOST_TEST(reader.is_whole());
}

BOOST_AUTO_TEST_CASE(a_number_takes_a_byte_for_each_seven_bits)
{
    BOOST_TEST(written(127) == "\x7f");
    BOOST_TEST(written(128) == "\x80\x01");
    BOOST_TEST(written(300) == "\xac\x02");
    BOOST_TEST(written(largest).size() == 10);
}

BOOST_AUTO_TEST_CASE(what_is_cut_is_not_whole_and_the_rest_is_empty)
{
    std::string to;
    binary_writer(to).add("text").add(1);
    binary_reader reader(std::string_view(to).substr(0, 4));
    BOOST_TEST(reader.text() == "");
    BOOST_TEST(reader.number() == 0);
    BOOST_TEST(!reader.is_whole());
}

BOOST_AUTO_TEST_CASE(a_number_without_an_end_is_not_whole)
{
    binary_reader reader(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
    BOOST_TEST(reader.number() == 0);
    BOOST_TEST(!reader.is_whole());
}

BOOST_AUTO_TEST_SUITE_END()
