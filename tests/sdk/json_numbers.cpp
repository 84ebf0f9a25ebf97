// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Numbers are read exactly, or refused.
#include "tests/sdk/json_refusal.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

using namespace penstock::json_tests;
using penstock::big_integer;
using penstock::json_options;
using penstock::parse_json;
using penstock::write_json;
namespace json = penstock::json;

namespace
{

// The double a text becomes; the sign of zero and all other bits count.
std::uint64_t bits_of(std::string_view text)
{
    return std::bit_cast<std::uint64_t>(parse_json(text).as_double());
}

std::uint64_t bits(double number)
{
    return std::bit_cast<std::uint64_t>(number);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_million_numbers_survive_a_round_trip)
{
    std::mt19937_64 random(20261122); // NOLINT: the same numbers each time
    constexpr int count = 1'000'000;
    json::array numbers;
    numbers.reserve(count);
    for (int i = 0; i < count; ++i)
    {
        const std::uint64_t word = random();
        const auto number = std::bit_cast<double>(word);
        // Half are doubles of all magnitudes, a quarter 64-bit integers with and without a sign,
        // a quarter doubles as people write them.
        if (i % 2 == 0)
            numbers.emplace_back(std::isfinite(number) ? number : 1.0);
        else if (i % 8 == 1)
            numbers.emplace_back(word >> (word & 63));
        else if (i % 8 == 3)
            numbers.emplace_back(static_cast<std::int64_t>(word) >> (word & 63));
        else
            numbers.emplace_back(static_cast<double>(word % 1'000'000'007) / 1000);
    }
    const json::value before(std::move(numbers));
    const std::string text = write_json(before);
    const json::value after = parse_json(text);

    int changed = 0;
    for (int i = 0; i < count; ++i)
    {
        const auto& a = before.get_array()[i];
        const auto& b = after.as_array()[i];
        const bool same = a.is_double()
                              ? b.is_double() && bits(a.get_double()) == bits(b.get_double())
                              : a == b && !b.is_double();
        changed += !same;
    }
    BOOST_TEST(changed == 0);
    BOOST_TEST((write_json(after) == text));
}

BOOST_AUTO_TEST_CASE(a_double_is_the_one_nearest_to_its_text)
{
    BOOST_TEST(bits_of("0.1") == bits(0.1));
    BOOST_TEST(bits_of("-0.0") == bits(-0.0));
    BOOST_TEST(bits_of("1E2") == bits(100.0));
    BOOST_TEST(bits_of("1e+2") == bits(100.0));
    BOOST_TEST(bits_of("1e-2") == bits(0.01));
    BOOST_TEST(bits_of("2.2250738585072011e-308") == bits(2.2250738585072011e-308));
    BOOST_TEST(bits_of("1.7976931348623157e308") == bits(std::numeric_limits<double>::max()));
    BOOST_TEST(bits_of("1.7976931348623158e308") == bits(std::numeric_limits<double>::max()));
    BOOST_TEST(bits_of("9007199254740993.0") == bits(9007199254740992.0)); // a tie, to even
    BOOST_TEST(bits_of("9007199254740993.00000000000000000000000000000001") ==
               bits(9007199254740994.0));
    BOOST_TEST(bits_of("0.500000000000000166533453693773481063544750213623046875") ==
               bits(0.500000000000000166533453693773481063544750213623046875));
    BOOST_TEST(bits_of("1.5" + std::string(800, '0') + "1e0") == bits(1.5));
}

BOOST_AUTO_TEST_CASE(a_double_too_small_for_its_exponent_becomes_the_nearest)
{
    BOOST_TEST(bits_of("5e-324") == bits(5e-324));
    BOOST_TEST(bits_of("3e-324") == bits(5e-324));
    BOOST_TEST(bits_of("2e-324") == bits(0.0));
    BOOST_TEST(bits_of("1e-400") == bits(0.0));
    BOOST_TEST(bits_of("-1e-400") == bits(-0.0));
    BOOST_TEST(bits_of("1e-999999") == bits(0.0));
    BOOST_TEST(bits_of("0e999999") == bits(0.0));
    BOOST_TEST(bits_of("0." + std::string(400, '0') + "1e401") == bits(1.0));
    BOOST_TEST(bits_of("0." + std::string(400, '0') + "1") == bits(0.0));
}

BOOST_AUTO_TEST_CASE(a_number_no_double_can_hold_is_refused)
{
    BOOST_TEST(refusal("[1,\n 1e400]") ==
               "2:2:5 a number no double can hold; expected one below 1.8e308");
    BOOST_TEST(refusal("-1e400") ==
               "1:1:0 a number no double can hold; expected one below 1.8e308");
    BOOST_TEST(refusal("1.7976931348623159e308") ==
               "1:1:0 a number no double can hold; expected one below 1.8e308");
    BOOST_TEST(refusal("[" + std::string(400, '9') + ".5]") ==
               "1:2:1 a number no double can hold; expected one below 1.8e308");
    BOOST_TEST(refusal("1e99999999999")
                   .ends_with("a number no double can hold; "
                              "expected one below 1.8e308"));
}

BOOST_AUTO_TEST_CASE(integers_of_64_bits_stay_integers)
{
    BOOST_TEST(parse_json("9223372036854775807").as_int64() ==
               std::numeric_limits<std::int64_t>::max());
    BOOST_TEST(parse_json("-9223372036854775808").as_int64() ==
               std::numeric_limits<std::int64_t>::min());
    BOOST_TEST(parse_json("9223372036854775808").as_uint64() == 9223372036854775808U);
    BOOST_TEST(parse_json("18446744073709551615").as_uint64() ==
               std::numeric_limits<std::uint64_t>::max());
    BOOST_TEST(parse_json("0").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(a_larger_integer_keeps_its_digits_as_text)
{
    for (const std::string digits :
         {"18446744073709551616", "-9223372036854775809", "123456789012345678901234567890"})
    {
        BOOST_TEST(parse_json(digits).as_string() == digits);
        BOOST_TEST(parse_json("[" + digits + ",1]").at(0).as_string() == digits);
        BOOST_TEST(parse_json("{\"\\n\":" + digits + "}").at("\n").as_string() == digits);
    }
}

BOOST_AUTO_TEST_CASE(a_larger_integer_is_refused_if_asked)
{
    const json_options options{.big = big_integer::refuse};
    BOOST_TEST(refusal("[18446744073709551616]", options) ==
               "1:2:1 an integer of more than 64 bits; expected a smaller one");
    BOOST_TEST(refusal("-9223372036854775809", options) ==
               "1:1:0 an integer of more than 64 bits; expected a smaller one");
    BOOST_TEST(refusal("[18446744073709551615,-9223372036854775808]", options) == "accepted");
}

BOOST_AUTO_TEST_CASE(numbers_of_another_grammar_are_refused)
{
    for (const auto* text : {"NaN", "Infinity", "-Infinity", "+1", "01", "-01", "1.", ".5", "1e",
                             "1e+", "0x10", "1_000", "--1", "-"})
        BOOST_TEST(refusal(text) != "accepted", text);
}
