// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The grammar of JSON, and its texts.
#include "tests/sdk/json_refusal.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace penstock::json_tests;
using penstock::check_json;
using penstock::invalid_text;
using penstock::json_options;
using penstock::parse_json;
using penstock::write_json;

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
