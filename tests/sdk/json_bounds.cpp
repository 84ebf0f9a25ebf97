// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a JSON text may cost, and what becomes of keys that are there twice.
#include "equal_hashes.hpp"
#include "tests/sdk/json_refusal.hpp"

#include <malloc.h>
#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace penstock::json_tests;
using penstock::check_json;
using penstock::duplicate_key;
using penstock::json_error;
using penstock::json_options;
using penstock::own_text;
using penstock::parse_json;
using penstock::write_json;

namespace
{

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

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

BOOST_AUTO_TEST_CASE(a_text_that_is_too_large_is_refused_where_it_begins)
{
    const std::string text(std::size_t{5} << 20, 'x');
    const auto place = [](const std::string& document)
    {
        try
        {
            (void)parse_json(document, {.memory = std::size_t{1} << 20});
        }
        catch (const json_error& error)
        {
            BOOST_TEST(std::string_view(error.what()).find("takes less memory") !=
                       std::string_view::npos);
            return error.offset();
        }
        return std::string::npos;
    };
    BOOST_TEST(place("{\"a\":\"" + text + "\"}") == 6u);
    BOOST_TEST(place("{\"" + text + "\":0}") == 2u);
    BOOST_TEST(place("[\"" + text + "\\n\"]") == 2u);
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
