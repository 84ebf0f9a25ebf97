// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bytes.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

// What a value of MessagePack becomes, or why it fails.

BOOST_AUTO_TEST_CASE(each_form_of_a_value_is_read)
{
    const std::vector<std::pair<std::string_view, std::string_view>> forms{
        {"c0", "null"},
        {"c2", "false"},
        {"c3", "true"},
        {"00", "0"},
        {"7f", "127"},
        {"e0", "-32"},
        {"ff", "-1"},
        {"cc ff", "255"},
        {"cd ffff", "65535"},
        {"ce ffffffff", "4294967295"},
        {"cf 7fffffffffffffff", "9223372036854775807"},
        {"d0 80", "-128"},
        {"d1 8000", "-32768"},
        {"d2 80000000", "-2147483648"},
        {"d3 8000000000000000", "-9223372036854775808"},
        {"d3 0000000000000005", "5"},
        {"ca 3fc00000", "1.5"},
        {"cb bff8000000000000", "-1.5"},
        {"a0", R"("")"},
        {"a2 c3a9", "\"\xc3\xa9\""},
        {"d9 01 62", R"("b")"},
        {"da 0001 62", R"("b")"},
        {"db 00000001 62", R"("b")"},
        {"90", "[]"},
        {"92 01 c0", "[1,null]"},
        {"dc 0001 01", "[1]"},
        {"dd 00000001 01", "[1]"},
        {"80", "{}"},
        {"81 a162 01", R"({"b":1})"},
        {"de 0001 a162 01", R"({"b":1})"},
        {"df 00000001 a162 01", R"({"b":1})"},
        {"81 a162 81 a163 91 90", R"({"b":{"c":[[]]}})"},
    };
    for (const auto& [form, value] : forms)
    {
        auto result = read_msgpack(map_of(form));
        BOOST_REQUIRE_MESSAGE(result.out().size() == 1, form);
        BOOST_TEST(penstock::write_json(result.out()[0].fields()) ==
                   "{\"a\":" + std::string(value) + "}");
    }
}

BOOST_AUTO_TEST_CASE(what_json_holds_is_the_same_packet_in_either_format)
{
    const std::string_view text =
        R"({"s":"x\u0000\n","n":[0,-1,18446744073709551615,9223372036854775807,0.1,1e300,-0.0],)"
        R"("o":{"a":null,"b":[true,false,{}],"":[]},"l":[["x"],[[[]]]]})";
    auto result = read_msgpack(written_wide(penstock::parse_json(text)));
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST((result.out()[0].fields() == penstock::parse_json(text).get_object()));
}

BOOST_AUTO_TEST_CASE(an_integer_of_64_bits_without_a_sign_stays_exact)
{
    auto result = read_msgpack(map_of("cf ffffffffffffffff"));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":18446744073709551615})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_number_that_is_not_finite_fails)
{
    for (const std::string_view number : {"ca 7f800000", "ca ff800000", "ca 7fc00000",
                                          "cb 7ff0000000000000", "cb 7ff8000000000000"})
        BOOST_TEST(reasons_of(read_msgpack(map_of(number))) ==
                       (strings{"document 1, byte 3: a number that is not finite; expected one "
                                "that is"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bytes_fail_or_are_a_text_if_asked)
{
    for (const std::string_view bytes : {"c4 02 c3a9", "c5 0002 c3a9", "c6 00000002 c3a9"})
    {
        BOOST_TEST(reasons_of(read_msgpack(map_of(bytes))) ==
                       (strings{"document 1, byte 3: bytes; expected a text, or the parameter "
                                "binary to be text"}),
                   boost::test_tools::per_element());
        auto result = read_msgpack(map_of(bytes), {{"binary", "text"}});
        BOOST_TEST(fields_of(result.out()) == (strings{"{\"a\":\"\xc3\xa9\"}"}),
                   boost::test_tools::per_element());
    }
    BOOST_TEST(read_msgpack(bytes_of("81 c401 61 01"), {{"binary", "text"}}).out().size() == 1U);
    BOOST_TEST(reasons_of(read_msgpack(map_of("c4 01 ff"), {{"binary", "text"}})) ==
                   (strings{"document 1, byte 3: bad UTF-8; expected a text"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_timestamp_becomes_its_text)
{
    const std::vector<std::pair<std::string_view, std::string_view>> times{
        {"d6 ff 00000000", "1970-01-01T00:00:00Z"},
        {"d6 ff ffffffff", "2106-02-07T06:28:15Z"},
        {"d7 ff 0000000000000001", "1970-01-01T00:00:01Z"},
        {"d7 ff ee6b27fc 00000000", "1970-01-01T00:00:00.999999999Z"},
        {"d7 ff 00000003 ffffffff", "2514-05-30T01:53:03Z"},
        {"c7 0c ff 00000001 ffffffffffffffff", "1969-12-31T23:59:59.000000001Z"},
        {"c7 0c ff 00000000 fffffff1868b8400", "0000-01-01T00:00:00Z"},
        {"c7 0c ff 00000000 0000003afff4417f", "9999-12-31T23:59:59Z"},
    };
    for (const auto& [form, text] : times)
        BOOST_TEST(fields_of(read_msgpack(map_of(form)).out()) ==
                       (strings{"{\"a\":\"" + std::string(text) + "\"}"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_extension_that_is_no_timestamp_fails)
{
    BOOST_TEST(reasons_of(read_msgpack(map_of("d4 05 00"))) ==
                   (strings{"document 1, byte 3: an extension of type 5; expected a timestamp, "
                            "type -1"}),
               boost::test_tools::per_element());
    BOOST_TEST(read_msgpack(map_of("c8 0001 80 00")).failed[0].second.find("type -128") !=
               std::string::npos);
    for (const std::string_view none :
         {"d5 ff 0000", "c7 00 ff", "d7 ff ee6b2800 00000000", "c7 0c ff 3b9aca00 0000000000000000",
          "c7 0c ff 00000000 0000003afff44180", "c7 0c ff 00000000 fffffff1868b83ff",
          "c7 0c ff 00000000 7fffffffffffffff"})
        BOOST_TEST(reasons_of(read_msgpack(map_of(none))) ==
                       (strings{"document 1, byte 3: a timestamp of no time; expected one of the "
                                "years 0 to 9999"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_key_that_is_no_text_fails)
{
    const std::vector<std::pair<std::string_view, std::string_view>> keys{
        {"01", "a number"}, {"c0", "null"},  {"c2", "a truth value"},    {"c401 61", "bytes"},
        {"90", "a list"},   {"80", "a map"}, {"d4 0500", "an extension"}};
    for (const auto& [key, name] : keys)
        BOOST_TEST(reasons_of(read_msgpack(bytes_of("81 " + std::string(key) + " 01"))) ==
                       (strings{"document 1, byte 1: a key that is " + std::string(name) +
                                "; expected a text"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_equal_keys_the_last_wins)
{
    BOOST_TEST(fields_of(read_msgpack(bytes_of("82 a161 01 a161 02")).out()) ==
                   (strings{R"({"a":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_utf_8_fails_or_is_mended_if_asked)
{
    for (const std::string_view text : {"a3 78ff79", "a5 78eda08079", "a4 78c08079"})
    {
        BOOST_TEST(reasons_of(read_msgpack(map_of(text))) ==
                       (strings{"document 1, byte 3: bad UTF-8; expected a text"}),
                   boost::test_tools::per_element());
        BOOST_TEST(read_msgpack(map_of(text), {{"invalid", "replace"}}).out().size() == 1U);
    }
    BOOST_TEST(fields_of(read_msgpack(map_of("a3 78ff79"), {{"invalid", "replace"}}).out()) ==
                   (strings{"{\"a\":\"x\xef\xbf\xbdy\"}"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(read_msgpack(bytes_of("81 a1ff 01"))) ==
                   (strings{"document 1, byte 1: bad UTF-8; expected a text"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_document_may_be_is_bounded)
{
    const auto first_reason = [](std::string_view value, const penstock::json::object& parameters)
    {
        auto result = read_msgpack(map_of(value), parameters);
        return result.failed.empty() ? std::string() : result.failed[0].second;
    };
    BOOST_TEST(first_reason("91 90", {{"depth", 3}}).empty());
    BOOST_TEST(first_reason("91 90", {{"depth", 2}}) ==
               "document 1, byte 4: nested too deep; expected at most 2 levels");
    BOOST_TEST(first_reason("82 a161 01 a162 02", {{"members", 2}}).empty());
    BOOST_TEST(first_reason("82 a161 01 a162 02", {{"members", 1}}) ==
               "document 1, byte 3: a map with too many members; expected at most 1");
    BOOST_TEST(
        first_reason("9f 0000000000 0000000000 0000000000", {{"memory", "256B"}}) ==
        "document 1, byte 8: a value that is too large; expected one that takes less memory");
}

BOOST_AUTO_TEST_CASE(values_take_the_memory_they_are_given_however_short_they_are_written)
{
    const std::string many = bytes_of("81 a161 dd 00800000") + std::string(std::size_t{8} << 20, 0);
    auto result = read_msgpack(many, {{"memory", "16MiB"}});
    BOOST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST((result.failed[0].second.find("too large") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_map_has_as_many_members_as_an_object_of_json)
{
    const auto members = [](unsigned count)
    {
        std::string made = bytes_of("df 00") + static_cast<char>(count >> 16);
        made += static_cast<char>(count >> 8);
        made += static_cast<char>(count);
        for (unsigned i = 0; i < count; ++i)
            made += written_wide(penstock::json::string(std::to_string(i))) + '\0';
        return made;
    };
    BOOST_TEST(read_msgpack(members(65'536)).out().size() == 1U);
    BOOST_TEST(read_msgpack(members(65'537)).failed.size() == 1U);
}
