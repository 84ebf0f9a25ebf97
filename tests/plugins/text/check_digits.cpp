// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "check_digits.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(check_digits)

namespace
{

std::string cards(std::string_view text)
{
    std::string all;
    for (const std::string_view each : text_package::card_numbers_in(text))
        all.append(all.empty() ? "" : "|").append(each);
    return all;
}

std::string ibans(std::string_view text)
{
    std::string all;
    for (const std::string_view each : text_package::ibans_in(text))
        all.append(all.empty() ? "" : "|").append(each);
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(cards_have_the_check_digit_of_luhn)
{
    for (const std::string_view number :
         {"4111111111111111", "5500-0000-0000-0004", "3400 000000 00009", "6011000000000004",
          "30000000000004", "2223003122003222", "180000000000002", "8171999927660000"})
        BOOST_TEST(cards(number) == number);
    for (const std::string_view number :
         {"4111111111111112", "411111111111", "0000000000000000", "9111111111111110",
          "7111111111111114", "8111111111115", "41111111111111111111"})
        BOOST_TEST(cards(number) == "", number);
}

BOOST_AUTO_TEST_CASE(a_card_is_found_among_other_groups)
{
    BOOST_TEST(cards("12 4111 1111 1111 1111 12 5500-0000-0000-0004") ==
               "4111 1111 1111 1111|5500-0000-0000-0004");
}

BOOST_AUTO_TEST_CASE(ibans_have_right_check_digits)
{
    for (const std::string_view number :
         {"DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "NO9386011117947",
          "MT84MALT011000012345MTLCAST001S", "gb82west12345698765432"})
        BOOST_TEST(ibans(number) == number);
    for (const std::string_view number : {"DE89370400440532013001", "NO938601111794", "DE89"})
        BOOST_TEST(ibans(number) == "", number);
}

BOOST_AUTO_TEST_CASE(an_iban_is_found_among_words)
{
    BOOST_TEST(ibans("to DE89 3704 0044 0532 0130 00 of the bank") ==
               "DE89 3704 0044 0532 0130 00");
}

BOOST_AUTO_TEST_SUITE_END()
