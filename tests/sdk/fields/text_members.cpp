// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The members of text fields: their names, and their places.
#include "text_fields.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

using namespace penstock::text_fields_tests;
using penstock::packet;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(text_members)

BOOST_AUTO_TEST_CASE(names_of_one_size_with_one_beginning_and_end_are_told_apart)
{
    constexpr std::size_t count = 100;
    const auto name = [](std::size_t n) { return "a" + std::to_string(100 + n) + "z"; };
    std::string text = "{";
    for (std::size_t n = 0; n < count; ++n)
        text += '"' + name(n) + "\":" + std::to_string(n) + ',';
    const packet p = of_text(text + "\"a142z\":\"again\",\"a\\u0031\\u0034\\u0033z\":\"escaped\"}");
    BOOST_TEST(p.field_count() == count);
    for (std::size_t n = 0; n < count; ++n)
        if (n != 42 && n != 43)
            BOOST_TEST(p.find(name(n))->as_int64() == static_cast<std::int64_t>(n));
    BOOST_TEST(p.text(name(42)) == "again");
    BOOST_TEST(p.text(name(43)) == "escaped");
}

BOOST_AUTO_TEST_CASE(a_renamed_field_goes_behind_the_others_or_where_the_name_was)
{
    packet p = of_text(R"({"a":1.0,"b":[2.0],"c":3.0})");
    BOOST_TEST(p.rename("a", "d"));
    BOOST_TEST(written(p) == R"({"b":[2.0],"c":3.0,"d":1.0})");
    BOOST_TEST(p.rename("d", "b"));
    BOOST_TEST(written(p) == R"({"b":1.0,"c":3.0})");
    BOOST_TEST(!p.is_multivalued("b"));
    BOOST_TEST(p.rename("b", "\"\\"));
    BOOST_TEST(written(p) == R"({"c":3.0,"\"\\":1.0})");
}

BOOST_AUTO_TEST_CASE(as_many_fields_as_stay_text_may_be_renamed)
{
    std::string text = "{";
    for (std::size_t n = 0; n < 128; ++n)
        text += (n == 0 ? "\"f" : ",\"f") + std::to_string(n) + "\":1.0e0";
    packet p = of_text(text + "}");
    BOOST_TEST(p.rename("f0", "renamed"));
    BOOST_TEST(p.field_count() == 128U);
    BOOST_TEST(written(p).ends_with(R"("f127":1.0e0,"renamed":1.0e0})"));
}

BOOST_AUTO_TEST_CASE(a_text_that_a_field_is_set_to_is_its_value)
{
    for (const std::string& set :
         {std::string(), std::string("done"), std::string("\"\\\n\x7F"), std::string("\xC3\xA9"),
          std::string(64, 'x'), std::string(65, 'x')})
    {
        packet p = of_text(R"({"a":1.0,"b":2.0})");
        packet values = of_values(R"({"a":1.0,"b":2.0})");
        for (packet* each : {&p, &values})
        {
            each->set("a", set);
            each->set("new", set);
            each->set("new", set);
        }
        BOOST_TEST(p.text("a") == set);
        BOOST_TEST(p.text("new") == set);
        BOOST_TEST((p == values));
        BOOST_TEST(penstock::parse_json(written(p)) == values.fields());
    }
}

BOOST_AUTO_TEST_SUITE_END()
