// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Fields that stay the text they came in.
#include "text_fields.hpp"

#include "../json_refusal.hpp"
#include "../wide_object.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/json_text.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace penstock::text_fields_tests;
using penstock::bytes;
using penstock::json_options;
using penstock::json_text;
using penstock::packet;
using penstock::detail::packet_access;
using penstock::testing::wide_object;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(text_fields)

BOOST_AUTO_TEST_CASE(values_that_nobody_changes_are_written_as_they_came)
{
    for (
        const std::string_view text :
        {R"({"a":1.50,"b":1E5,"c":-0,"d":-0.0,"e":0.1e-7,"f":1e-400,"g":100000000000000000000000.0})",
         R"({"big":123456789012345678901234567890,"small":-123456789012345678901234567890})",
         R"({"s":"\u00e9\/\ud83d\ude00\"\\","t":["\u0041",{"k":1.0E+2}],"u":{}})",
         R"({"a":true,"b":false,"c":null,"":[],"\"":1})", "{}"})
        BOOST_TEST(written(of_text(text)) == text);
}

BOOST_AUTO_TEST_CASE(spaces_between_tokens_are_not_written)
{
    BOOST_TEST(written(of_text(" { \"a b\" : \"c d\" , \"e\":\t1.0\r\n} ")) ==
               R"({"a b":"c d","e":1.0})");
    BOOST_TEST(written(of_text("{\"a\": [\n  1.50,\n  {\"b c\": \" \\\" \"}\n], \"d\" : [ ]}")) ==
               R"({"a":[1.50,{"b c":" \" "}],"d":[]})");
    BOOST_TEST(written(of_text("\xEF\xBB\xBF{\"a\":1.0}")) == R"({"a":1.0})");
    BOOST_TEST(written(of_text(" {\n} ")) == "{}");
}

BOOST_AUTO_TEST_CASE(of_a_key_twice_the_last_value_is_in_the_place_of_the_first)
{
    const packet p = of_text(R"({"a":1.0,"b":2.0,"\u0061":[3.0],"b":4.0})");
    BOOST_TEST(written(p) == R"({"a":[3.0],"b":4.0})");
    BOOST_TEST(p.field_count() == 2U);
    BOOST_TEST(p.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(an_object_in_a_value_has_a_key_once)
{
    BOOST_TEST(written(of_text(R"({"a":{"k":1,"k":2},"b":1.0})")) == R"({"a":{"k":2},"b":1.0})");
    BOOST_TEST(written(of_text(R"({"a":[{"k":1,"\u006b":2}]})")) == R"({"a":[{"k":2}]})");
    BOOST_TEST(written(of_text(R"({"a":[{"k":1.0},{"k":2.0,"l":{"k":"k"}}]})")) ==
               R"({"a":[{"k":1.0},{"k":2.0,"l":{"k":"k"}}]})");
}

BOOST_AUTO_TEST_CASE(a_key_with_escapes_is_found_without_them)
{
    const packet p = of_text(R"({"\u00e9\n":1.0,"b":2})");
    BOOST_TEST(p.has("\u00e9\n"));
    BOOST_TEST(*p.find("\u00e9\n") == 1.0);
    BOOST_TEST(written(p) == "{\"\u00e9\\n\":1.0,\"b\":2}");
}

BOOST_AUTO_TEST_CASE(a_value_that_is_asked_for_is_written_as_it_came)
{
    packet p = of_text(R"({"a":1.50,"b":123456789012345678901234567890,"c":[1.00]})");
    BOOST_TEST(*p.find("a") == 1.5);
    BOOST_TEST(*p.find("b") == "123456789012345678901234567890");
    BOOST_TEST(p.fields().size() == 3U);
    BOOST_TEST(written(p) == R"({"a":1.50,"b":123456789012345678901234567890,"c":[1.00]})");
    p.append("c", 2.5);
    p.set("a", 1.5);
    BOOST_TEST(written(p) == R"({"a":1.5,"b":123456789012345678901234567890,"c":[1.0,2.5]})");
}

BOOST_AUTO_TEST_CASE(what_is_merged_is_written_as_it_came)
{
    packet p = of_text(R"({"x":1.0,"n":2})");
    const packet other =
        of_text(R"({"big":123456789012345678901,"n":1.50,"k":[{"k":1,"k":2}],"\u00e9":"\u0041"})");
    p.merge(other, penstock::keep_meta::no);
    BOOST_TEST(written(p) == "{\"x\":1.0,\"n\":1.50,\"big\":123456789012345678901,\"k\":[{\"k\":2}]"
                             ",\"\u00e9\":\"\\u0041\"}");
    packet values = of_values(R"({"x":1})");
    values.merge(other, penstock::keep_meta::no);
    BOOST_TEST(*values.find("n") == 1.5);
    BOOST_TEST(*values.find("big") == "123456789012345678901");
}

BOOST_AUTO_TEST_CASE(what_is_merged_beyond_the_fields_that_stay_text_becomes_values)
{
    packet p = of_text(wide_object(128));
    p.merge(of_text(R"({"f0":2.50,"more":3.50})"), penstock::keep_meta::no);
    BOOST_TEST(p.field_count() == 129U);
    BOOST_TEST(*p.find("f0") == 2.5);
    BOOST_TEST(*p.find("more") == 3.5);
}

BOOST_AUTO_TEST_CASE(a_field_without_a_name_is_found)
{
    BOOST_TEST(of_text(R"({"":1})").has({}));
}

BOOST_AUTO_TEST_CASE(a_value_stays_valid_while_others_are_asked_for)
{
    const packet p = of_text(R"({"a":"text","b":[1],"c":2})");
    const json::value* const a = p.find("a");
    const json::object* const all = &p.fields();
    (void)p.find("b");
    BOOST_TEST(p.find("a") == a);
    BOOST_TEST(&p.fields() == all);
    BOOST_TEST(*a == "text");
}

BOOST_AUTO_TEST_CASE(several_threads_may_ask_at_the_same_time)
{
    for (int round = 0; round < 50; ++round)
    {
        const packet p = of_text(R"({"a":[1,2,3],"b":{"c":"d"}})");
        std::vector<const json::value*> found(4);
        std::vector<const json::object*> all(4);
        {
            std::vector<std::jthread> askers;
            for (std::size_t n = 0; n < found.size(); ++n)
            {
                askers.emplace_back([&, n] { found[n] = p.find("a"); });
                askers.emplace_back([&, n] { all[n] = &p.fields(); });
            }
        }
        for (std::size_t n = 0; n < found.size(); ++n)
        {
            BOOST_REQUIRE((*found[n] == json::value{1, 2, 3}));
            BOOST_REQUIRE(all[n] == all[0]);
        }
    }
}

BOOST_AUTO_TEST_CASE(characters_with_escapes_are_those_of_the_text)
{
    for (const std::string_view text :
         {R"("")", R"("plain")", R"("\"\/\b\f\n\r\t")", R"("\u0000\u007F\u0080\u07ff\u0800\uFFFF")",
          R"("\ud800\udc00 \uDBFF\uDFFF\ud83d\ude00")", R"("before\u00e9after\\")"})
    {
        const packet p = of_text("{\"a\":" + std::string(text) + "}");
        BOOST_TEST((*p.find("a") == penstock::parse_json(text)), text);
    }
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_changed_leaves_the_other_as_it_came)
{
    packet p = of_text(R"({"a":1.0,"b":2.0})");
    packet q = packet_access::share(p);
    BOOST_TEST(*p.find("a") == 1.0);
    q.set("c", "x");
    q.rename("a", "z");
    BOOST_TEST(written(p) == R"({"a":1.0,"b":2.0})");
    BOOST_TEST(written(q) == R"({"b":2.0,"c":"x","z":1.0})");
    BOOST_TEST(written(p.clone()) == R"({"a":1.0,"b":2.0})");
    packet merged;
    merged.merge(q);
    BOOST_TEST(written(merged) == R"({"b":2.0,"c":"x","z":1.0})");
}

BOOST_AUTO_TEST_CASE(a_name_is_escaped_when_it_is_written)
{
    packet p = of_text(R"({"a":1.0})");
    p.rename("a", "\"\\\n\u00e9");
    p.copy("\"\\\n\u00e9", "\xff");
    BOOST_TEST(written(p) == "{\"\\\"\\\\\\n\u00e9\":1.0,\"\uFFFD\":1.0}");
}

BOOST_AUTO_TEST_CASE(a_number_that_is_not_finite_is_refused_and_nothing_is_written)
{
    packet p = of_text(R"({"a":1.0})");
    p.set("b", std::numeric_limits<double>::infinity());
    std::string text = "before";
    BOOST_CHECK_THROW(p.write_fields(text), std::invalid_argument);
    BOOST_TEST(text == "before");
}

BOOST_AUTO_TEST_CASE(fields_beyond_128_are_values)
{
    const std::string most = wide_object(128);
    packet p = of_text(most);
    BOOST_TEST(written(p) == most);
    p.set("one", 1);
    BOOST_TEST(p.field_count() == 129U);
    BOOST_TEST((p ==
                [&]
                {
                    packet q = of_values(most);
                    q.set("one", 1);
                    return q;
                }()));
    const packet wide = of_text(wide_object(129));
    BOOST_TEST(written(wide) == penstock::write_json(of_values(wide_object(129)).fields()));
    const packet widest = of_text(wide_object(2'000));
    BOOST_TEST(widest.field_count() == 2'000U);
}

BOOST_AUTO_TEST_CASE(the_body_that_an_object_came_in_is_not_kept)
{
    auto owner =
        std::make_shared<std::string>(R"([{"a":1.0}, )" + std::string(1 << 20, ' ') + "1]");
    const std::weak_ptr<std::string> body = owner;
    packet p;
    {
        const json_text list(bytes(owner, *owner));
        owner.reset();
        p.set_text_fields(list.part(1, 9));
    }
    BOOST_TEST(body.expired());
    BOOST_TEST(written(p) == R"({"a":1.0})");
}

BOOST_AUTO_TEST_CASE(text_that_no_field_has_any_more_is_let_go)
{
    const std::string large(1 << 20, 'x');
    const std::string text = R"({"a":1.0,"large":")" + large + R"(","b":[2.0]})";
    constexpr std::uint64_t small = 8192;
    packet erased = of_text(text);
    BOOST_TEST(packet_access::size_of(erased) >= large.size());
    erased.erase("large");
    BOOST_TEST(packet_access::size_of(erased) < small);
    BOOST_TEST(written(erased) == R"({"a":1.0,"b":[2.0]})");
    packet replaced = of_text(text);
    replaced.set("large", 0);
    BOOST_TEST(packet_access::size_of(replaced) < small);
    BOOST_TEST(written(replaced) == R"({"a":1.0,"large":0,"b":[2.0]})");
    BOOST_TEST(packet_access::size_of(of_text("{" + std::string(1 << 20, ' ') + "}")) < small);
}

BOOST_AUTO_TEST_CASE(a_value_that_was_made_counts_in_the_size)
{
    const packet p = of_text(R"({"a":")" + std::string(1000, 'x') + R"("})");
    const std::uint64_t before = packet_access::size_of(p);
    (void)p.find("a");
    BOOST_TEST(packet_access::size_of(p) >= before + 1000);
}

BOOST_AUTO_TEST_CASE(only_an_object_makes_fields)
{
    packet p = of_text(R"({"a":1.0})");
    for (const std::string_view text : {"[]", "1", "\"a\"", "null", "true", " [{}] "})
        BOOST_CHECK_THROW(p.set_text_fields(json_text(bytes(std::string(text)))),
                          std::invalid_argument);
    BOOST_TEST(written(p) == R"({"a":1.0})");
}

BOOST_AUTO_TEST_CASE(text_fields_replace_what_the_packet_had)
{
    packet p(json::object{{"a", 1}});
    p.set("l", json::array{1});
    p.set_field_meta("a", "k", 1);
    p.set_text_fields(json_text(bytes(std::string(R"({"a":2,"l":[1]})"))));
    BOOST_TEST(p.field_meta("a").empty());
    BOOST_TEST(p.is_multivalued("l"));
    BOOST_TEST(written(p) == R"({"a":2,"l":[1]})");
}

BOOST_AUTO_TEST_CASE(what_no_unicode_text_holds_is_replaced_if_the_options_say_so)
{
    const json_options replaces{.invalid = penstock::invalid_text::replace};
    const packet p = of_text("{\"a\":\"\\ud800\",\"b\":\"\xff\",\"c\":1.0}", replaces);
    BOOST_TEST(*p.find("a") == "\uFFFD");
    BOOST_TEST(written(p) == "{\"a\":\"\\ufffd\",\"b\":\"\uFFFD\",\"c\":1.0}");
}

BOOST_AUTO_TEST_SUITE_END()
