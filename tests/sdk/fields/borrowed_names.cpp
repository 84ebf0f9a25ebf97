// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Names that are parts of what a packet has, and go with the change that they are for.
#include "text_fields.hpp"

#include <penstock/json_text.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace penstock::text_fields_tests;
using penstock::bytes;
using penstock::json_text;
using penstock::packet;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(borrowed_names)

// A change lets go of the values that were asked for, and a name may be one of them.
BOOST_AUTO_TEST_CASE(a_name_may_come_from_the_values_of_the_packet_itself)
{
    const std::string_view text =
        R"({"a_long_name_of_a_field":1,"b":"another_long_name_of_a_field"})";
    const auto first = [](packet& p) { return std::string_view(p.fields().begin()->key()); };
    const auto second = [](packet& p)
    {
        (void)p.fields();
        return std::string_view(p.find("b")->get_string());
    };
    packet p = of_text(text);
    BOOST_TEST(p.rename(first(p), "z"));
    BOOST_TEST(written(p) == R"({"b":"another_long_name_of_a_field","z":1})");
    p = of_text(text);
    BOOST_TEST(p.rename("a_long_name_of_a_field", second(p)));
    BOOST_TEST(p.has("another_long_name_of_a_field"));
    p = of_text(text);
    p.set_field_meta("a_long_name_of_a_field", "m", 1);
    p.set(first(p), 2, penstock::keep_meta::no);
    BOOST_TEST(!p.has_field_meta("a_long_name_of_a_field", "m"));
    p = of_text(text);
    p.set_field_meta("a_long_name_of_a_field", "m", 1);
    BOOST_TEST(p.copy(first(p), "z"));
    BOOST_TEST(p.has_field_meta("z", "m"));
    p = of_text(text);
    p.extend(first(p), {2, 3});
    BOOST_TEST((p.values("a_long_name_of_a_field") == json::array{1, 2, 3}));
    p = of_text(text);
    BOOST_TEST(p.erase(first(p)));
    BOOST_TEST(p.field_count() == 1U);
    std::string wide = "{";
    for (int n = 0; n < 127; ++n)
        wide += "\"f" + std::to_string(n) + "\":1,";
    wide.back() = '}';
    p = of_text(wide);
    p.set("f0", "a_name_of_a_field_that_is_not_there");
    (void)p.fields();
    p.set("one_more", 1);
    p.set(p.find("f0")->get_string(), 2); // one too many to stay text
    BOOST_TEST(p.has("a_name_of_a_field_that_is_not_there"));
}

// Of a value that has its own name, or that of another field, and goes with the change.
BOOST_AUTO_TEST_CASE(a_name_may_be_the_value_that_is_replaced)
{
    for (const std::string name : {"b", "the_long_name_of_a_field_that_takes_memory_of_its_own"})
        for (const bool as_text : {true, false})
        {
            const auto made = [&](std::string_view other)
            {
                const json::object fields{{"a", 1}, {name, json::string(other)}};
                packet p;
                p.set_fields(fields);
                if (as_text)
                    p.set_text_fields(json_text(bytes(penstock::write_json(fields))));
                p.set_field_meta(name, "m", 1);
                return p;
            };
            const auto value = [&](const packet& p)
            { return std::string_view(p.find(name)->get_string()); };
            packet p = made(name);
            p.set(value(p), 2, penstock::keep_meta::no);
            BOOST_TEST(*p.find(name) == 2);
            BOOST_TEST(!p.has_field_meta(name, "m"));
            p = made(name);
            BOOST_TEST(p.rename("a", value(p)));
            BOOST_TEST(written(p) == R"({")" + name + R"(":1})");
            p = made("a");
            BOOST_TEST(p.rename(value(p), name));
            BOOST_TEST(written(p) == R"({")" + name + R"(":1})");
            p = made(name);
            BOOST_TEST(p.rename(value(p), "a"));
            BOOST_TEST(written(p) == R"({"a":")" + name + R"("})");
            p = made(name);
            BOOST_TEST(p.copy("a", value(p)));
            BOOST_TEST(*p.find(name) == 1);
            BOOST_TEST(!p.has_field_meta(name, "m"));
            p = made(name);
            p.append(value(p), 2);
            BOOST_TEST((p.values(name) == json::array{json::string(name), 2}));
            p = made(name);
            p.extend(value(p), {2, 3});
            BOOST_TEST((p.values(name) == json::array{json::string(name), 2, 3}));
            p = made(name);
            BOOST_TEST(p.replace(value(p), 2, 0));
            BOOST_TEST(*p.find(name) == 2);
            p = made(name);
            BOOST_TEST(p.erase(value(p)));
            BOOST_TEST(written(p) == R"({"a":1})");
        }
}

BOOST_AUTO_TEST_SUITE_END()
