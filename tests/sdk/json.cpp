// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "equal_hashes.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <malloc.h>

using penstock::big_integer;
using penstock::check_json;
using penstock::duplicate_key;
using penstock::invalid_text;
using penstock::json_error;
using penstock::json_options;
using penstock::own_text;
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

// "line:column:offset what" of the refusal, which parse and check must agree on.
std::string refusal(std::string_view text, const json_options& options = {})
{
    const auto by = [&](auto&& read) -> std::string
    {
        try
        {
            read(text, options);
            return "accepted";
        }
        catch (const json_error& e)
        {
            const std::string where = "line " + std::to_string(e.line()) + ", column " +
                                      std::to_string(e.column()) + ": ";
            const std::string what = e.what();
            BOOST_TEST(what.starts_with(where));
            return std::to_string(e.line()) + ":" + std::to_string(e.column()) + ":" +
                   std::to_string(e.offset()) + " " + what.substr(where.size());
        }
    };
    const auto parsed = by([](auto t, auto& o) { (void)parse_json(t, o); });
    const auto checked = by([](auto t, auto& o) { check_json(t, o); });
    BOOST_TEST(parsed == checked);
    return parsed;
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

// Numbers

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

// Grammar

BOOST_AUTO_TEST_CASE(a_text_of_every_kind_is_read)
{
    const auto value = parse_json(" {\"a\": [null, true, false, \"\\u00e9\\n\\ud83d\\ude00\", {}], "
                                  "\"\\\"k\": []}\r\n\t");
    BOOST_TEST(write_json(value) ==
               "{\"a\":[null,true,false,\"\u00e9\\n\U0001F600\",{}],\"\\\"k\":[]}");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_refused_with_its_place)
{
    BOOST_TEST(refusal("") == "1:1:0 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal(" \n ") == "2:2:3 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal("{\"a\":") ==
               "1:6:5 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal("[1,2") == "1:5:4 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal("\"x") == "1:3:2 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal("{\"\u00e9\":1,}") == "1:8:8 unexpected '}'; expected JSON");
    BOOST_TEST(refusal("[1,\n2,\n3 4]") == "3:3:9 unexpected '4'; expected JSON");
    BOOST_TEST(refusal("[1] [2]") == "1:5:4 text after the value; expected the end");
    BOOST_TEST(refusal("[1]\n]") == "2:1:4 text after the value; expected the end");
    BOOST_TEST(refusal("// no\n1") == "1:1:0 unexpected '/'; expected JSON");
    BOOST_TEST(refusal("'a'") == "1:1:0 unexpected '''; expected JSON");
    BOOST_TEST(refusal("tru") == "1:4:3 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal("\"a\nb\"") == "1:3:2 unexpected byte 0x0a; expected JSON");
    BOOST_TEST(refusal(std::string("\"a\0\"", 4)) == "1:3:2 unexpected byte 0x00; expected JSON");
    BOOST_TEST(refusal("\"\\x\"").ends_with("unexpected 'x'; expected JSON"));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_passed_over_at_the_begin_alone)
{
    const std::string mark = "\xEF\xBB\xBF";
    BOOST_TEST(write_json(parse_json(mark + "{\"a\":\"\\u00e9\"}")) == "{\"a\":\"\u00e9\"}");
    check_json(mark + " [18446744073709551616]");
    BOOST_TEST(refusal(mark) == "1:1:3 the text ends too early; expected the rest of the value");
    BOOST_TEST(refusal(mark + "[1,}") == "1:4:6 unexpected '}'; expected JSON");
    BOOST_TEST(refusal(mark + mark + "{}") == "1:1:3 bad UTF-8; expected JSON");
    BOOST_TEST(refusal("[" + mark + "]") == "1:2:1 bad UTF-8; expected JSON");
}

BOOST_AUTO_TEST_CASE(bad_utf_8_is_refused)
{
    for (const auto* text :
         {"\"ab\xFF\"", "\"ab\x80\"", "\"ab\xC3\"", "\"ab\xC0\x80\"", "\"ab\xE0\x80\x80\"",
          "\"ab\xED\xA0\x80\"", "\"ab\xF4\x90\x80\x80\"", "\"ab\xF0\x80\x80\x80\""})
    {
        const auto message = refusal(text);
        BOOST_TEST(message.starts_with("1:4:3 "), message);
        BOOST_TEST(message.ends_with("bad UTF-8; expected JSON"), message);
    }
}

BOOST_AUTO_TEST_CASE(half_a_surrogate_pair_is_refused)
{
    for (const auto* text : {R"("\ud800")", R"("\ud800x")", R"("\udc00")", R"("\ud800\ud800")",
                             R"("\ud800\n")", R"({"\ud800":1})"})
    {
        const auto message = refusal(text);
        BOOST_TEST(
            message.ends_with(
                "half a surrogate pair; expected \\ud800 to \\udbff, then \\udc00 to \\udfff"),
            message);
    }
    BOOST_TEST(refusal(R"("\uZZZZ")").ends_with("a bad escape; expected four hexadecimal digits"));
}

BOOST_AUTO_TEST_CASE(half_a_surrogate_pair_and_bad_bytes_are_replaced_if_asked)
{
    const json_options pairs{.invalid = invalid_text::replace_surrogates};
    const json_options all{.invalid = invalid_text::replace};
    const std::string fffd = "\"x\xef\xbf\xbdy\"";
    for (const auto* text : {R"("x\ud800y")", R"("x\udc00y")"})
    {
        BOOST_TEST(write_json(parse_json(text, pairs)) == fffd, text);
        BOOST_TEST(write_json(parse_json(text, all)) == fffd, text);
    }
    BOOST_TEST(write_json(parse_json("\"x\xffy\"", all)) == fffd);
    BOOST_TEST(write_json(parse_json(R"("\ud800\ud83d\ude00\udc00\\ud800")", pairs)) ==
               "\"\xef\xbf\xbd\U0001F600\xef\xbf\xbd\\\\ud800\"");
    BOOST_TEST(refusal("\"x\xffy\"", pairs) == "1:3:2 bad UTF-8; expected JSON");
    BOOST_TEST(refusal("[\"\xff\",}", all).ends_with("unexpected '}'; expected JSON"));
    BOOST_TEST(refusal("[\xff]", all).ends_with("bad UTF-8; expected JSON"));
    BOOST_TEST(refusal(R"("\ud8)", all)
                   .ends_with("the text ends too early; expected the rest of the value"));
    BOOST_TEST(
        refusal(R"("\)", all).ends_with("the text ends too early; expected the rest of the value"));
}

// Bounds

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // whose allocator is another
// Boost.JSON alone takes 5 s for one such object, and so a minute for a body of 16 MiB.
BOOST_AUTO_TEST_CASE(keys_of_equal_hashes_are_refused_before_they_take_long)
{
    const std::string crowded = penstock::tests::object_of_equal_hashes(65'536);
    // Blocks of the size of the table are mapped, each on pages of its own, once the heap has no
    // room for them.
    BOOST_TEST_REQUIRE(::mallopt(M_MMAP_THRESHOLD, 128 << 10) == 1);
    std::vector<std::unique_ptr<char[]>> fill;
    do
        fill.push_back(std::make_unique_for_overwrite<char[]>(std::size_t{2} << 20));
    while ((reinterpret_cast<std::uintptr_t>(fill.back().get()) & 0xfff) != 0x10 &&
           fill.size() < 1'000);
    std::string what;
    try
    {
        (void)parse_json(crowded);
    }
    catch (const json_error& error)
    {
        what = error.what();
    }
    BOOST_TEST(what.ends_with("too many keys with equal hashes; expected such as differ"), what);
    BOOST_CHECK_NO_THROW(check_json(crowded));
}
#endif

BOOST_AUTO_TEST_CASE(members_are_bounded)
{
    const auto object_of = [](int members, std::string_view first)
    {
        std::string text = "{\"a\":" + std::string(first);
        for (int i = 1; i < members; ++i)
            text += ",\"" + std::to_string(i) + "\":0";
        return text + '}';
    };
    for (const auto* first : {"0", "99999999999999999999"}) // for either reader
    {
        BOOST_TEST(refusal(object_of(3, first), {.members = 3}) == "accepted");
        BOOST_TEST(refusal(object_of(4, first), {.members = 3})
                       .ends_with("an object with too many members; expected at most 3"));
        BOOST_TEST(refusal('[' + object_of(65'536, first) + ']') == "accepted");
        BOOST_TEST(refusal('[' + object_of(65'537, first) + ']')
                       .ends_with("an object with too many members; expected at most 65536"));
        BOOST_TEST(refusal(object_of(65'537, first), own_text) == "accepted");
        BOOST_TEST(parse_json(object_of(65'536, first)).as_object().size() == 65'536U);
    }
    BOOST_TEST(refusal("[" + object_of(2, "0") + "," + object_of(2, "0") + "]", {.members = 2}) ==
               "accepted");
}

BOOST_AUTO_TEST_CASE(the_memory_of_a_value_is_bounded_whatever_it_is_made_of)
{
    std::string list = "[99999999999999999999"; // the second reader's
    for (int i = 0; i < 1'000; ++i)
        list += ",[]";
    for (const std::string& text :
         {list + ']', "[99999999999999999999,\"" + std::string(20'000, 'x') + "\"]",
          "{\"n\":99999999999999999999,\"" + std::string(20'000, 'x') + "\":1}"})
    {
        BOOST_CHECK_THROW((void)parse_json(text, {.memory = 15'000}), json_error);
        BOOST_CHECK_NO_THROW((void)parse_json(text, {.memory = 150'000}));
    }
    std::string numbers = "[0"; // which the first reader would take
    for (int i = 0; i < 5'000; ++i)
        numbers += ",0";
    BOOST_CHECK_THROW((void)parse_json(numbers + ']', {.memory = 15'000}), json_error);
    BOOST_CHECK_NO_THROW((void)parse_json(numbers + ']', {.memory = 250'000}));
}

BOOST_AUTO_TEST_CASE(depth_is_bounded)
{
    BOOST_TEST(refusal(nested(64)) == "accepted");
    BOOST_TEST(refusal(nested(65)) == "1:65:64 nested too deep; expected at most 64 levels");
    BOOST_TEST(refusal(std::string(1'000'000, '[')).ends_with("expected at most 64 levels"));
    std::string objects;
    for (int i = 0; i < 65; ++i)
        objects += "{\"a\":";
    BOOST_TEST(refusal(objects).ends_with("expected at most 64 levels"));
    BOOST_TEST(refusal(nested(3), {.depth = 3}) == "accepted");
    BOOST_TEST(refusal(nested(4), {.depth = 3}) ==
               "1:4:3 nested too deep; expected at most 3 levels");
}

BOOST_AUTO_TEST_CASE(of_two_keys_the_last_wins)
{
    BOOST_TEST(write_json(parse_json(R"({"a":1,"b":2,"a":3})").at("a")) == "3");
    std::string large = "{\"k0\":\"first\"";
    for (int i = 1; i < 100; ++i)
        large += ",\"k" + std::to_string(i) + "\":0";
    const auto value = parse_json(large + ",\"k0\":\"last\"}");
    BOOST_TEST(value.at("k0").as_string() == "last");
    BOOST_TEST(value.as_object().size() == 100U);
}

BOOST_AUTO_TEST_CASE(of_two_keys_the_second_is_refused_if_asked)
{
    const json_options options{.duplicates = duplicate_key::refuse};
    BOOST_TEST(refusal(R"({"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]})", options) == "accepted");
    BOOST_TEST(refusal("{\"a\":1,\n\"a\":2}", options).starts_with("2:"));
    BOOST_TEST(refusal(R"({"x":{"a":1,"\u0061":2}})", options)
                   .ends_with("a key the object has already; expected each key once"));
    BOOST_TEST(refusal(R"({"a":{"b":1},"a":2})", options)
                   .ends_with("a key the object has already; expected each key once"));
}

// Writing

BOOST_AUTO_TEST_CASE(a_double_is_written_so_that_it_stays_one)
{
    BOOST_TEST(write_json(1.0) == "1.0");
    BOOST_TEST(write_json(-0.0) == "-0.0");
    BOOST_TEST(write_json(0.1) == "0.1");
    BOOST_TEST(write_json(1e300) == "1e+300");
    BOOST_TEST(write_json(123456789.0) == "123456789.0");
    BOOST_TEST(write_json(1) == "1");
    BOOST_TEST(write_json(18446744073709551615U) == "18446744073709551615");
    BOOST_TEST(write_json(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

BOOST_AUTO_TEST_CASE(what_is_not_finite_is_not_written)
{
    for (const double number : {HUGE_VAL, -HUGE_VAL, std::nan("")})
    {
        std::string out = "before";
        BOOST_CHECK_THROW((void)write_json(json::value(number)), std::invalid_argument);
        BOOST_CHECK_THROW(write_json(json::value{1, number}, out), std::invalid_argument);
        BOOST_CHECK_THROW(write_json(json::object{{"a", number}}, out), std::invalid_argument);
        BOOST_TEST(out == "before");
    }
}

BOOST_AUTO_TEST_CASE(text_is_escaped_where_it_must_be)
{
    std::string every;
    for (int c = 0; c < 0x80; ++c)
        every += static_cast<char>(c);
    const json::value value = every.c_str() + 1;
    BOOST_TEST(write_json(json::value(json::string(every))).find('\n') == std::string::npos);
    BOOST_TEST(parse_json(write_json(json::value(json::string(every)))).as_string() == every);
    BOOST_TEST(write_json("\"\\/\b\f\n\r\t\x01\x1f\x7f\u2028") ==
               "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u2028\"");
    BOOST_TEST(write_json(json::object{{"\n", ""}, {"", "x"}}) == "{\"\\n\":\"\",\"\":\"x\"}");
}

// Else nobody could read what a component has set.
BOOST_AUTO_TEST_CASE(text_of_other_bytes_is_written_as_utf_8)
{
    const auto written = [](std::string_view text)
    { return std::string(parse_json(write_json(json::value(text))).as_string()); };
    const std::string replaced = "\xef\xbf\xbd";
    BOOST_TEST(written("\xff") == replaced);
    BOOST_TEST(written("a \"long\" text of more than sixteen bytes \xc3\xb6\n\xc3 and more \xfe") ==
               "a \"long\" text of more than sixteen bytes \xc3\xb6\n" + replaced + " and more " +
                   replaced);
    BOOST_TEST(written("\xed\xa0\x80") == replaced + replaced + replaced);
    for (std::size_t before = 0; before < 40; ++before)
        for (const std::string text : {"\xc3\xb6", "\xe2\x82\xac\"", "\\\xf0\x9f\x98\x80"})
            BOOST_TEST(written(std::string(before, 'x') + text + 'y') ==
                       std::string(before, 'x') + text + 'y');
    BOOST_TEST(write_json(json::object{{"\xff", 1}}) == "{\"" + replaced + "\":1}");
}

BOOST_AUTO_TEST_CASE(writing_appends)
{
    std::string out = "a";
    write_json(json::value{}, out);
    write_json(json::array{}, out);
    write_json(json::object{}, out);
    write_json(json::object{{"k", {1, 2}}}, out);
    BOOST_TEST(out == "anull[]{}{\"k\":[1,2]}");
}
