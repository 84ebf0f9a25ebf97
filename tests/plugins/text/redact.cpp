// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using text_package::redact_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(text_redact)

namespace
{

std::string made(json::object fields, const json::object& parameters = {})
{
    auto result = run_entry(redact_entry, parameters,
                            penstock::testing::packets(penstock::packet(std::move(fields))));
    BOOST_REQUIRE(result.out().size() == 1);
    return penstock::write_json(result.out()[0].fields());
}

std::string text(std::string_view given, const json::object& parameters = {})
{
    const std::string fields = made({{"t", given}}, parameters);
    return fields.substr(6, fields.size() - 8); // {"t":"…"}
}

constexpr const char* key = "0123456789abcdef";

} // namespace

BOOST_AUTO_TEST_CASE(each_kind_is_masked)
{
    BOOST_TEST(text("Ann <ann.b+c@x.org>, card 4111 1111 1111 1111 12/29.") ==
               "Ann <***>, card *** 12/29.");
    BOOST_TEST(text("IBAN DE89 3704 0044 0532 0130 00 of Ann") == "IBAN *** of Ann");
    BOOST_TEST(text("call +49 89 1234567 or 0049-89-1234567 or (089) 1234567 or (212) 555-0123") ==
               "call *** or *** or *** or ***");
}

BOOST_AUTO_TEST_CASE(what_is_none_of_them_stays)
{
    for (const std::string_view given :
         {"2026-12-01T01:02:03Z", "192.168.100.200", "order 4111111111111112", "1796086923250",
          "ann@localhost", "GB82 WEST 1234 5698 7654 33", "version 10.20.30", "12:30 - 14:00",
          "3.14159265358979"})
        BOOST_TEST(text(given) == given);
}

BOOST_AUTO_TEST_CASE(kinds_can_be_chosen_and_patterns_added)
{
    BOOST_TEST(
        text("ann@x.org EMP-123456 +49 89 1234567",
             {{"kinds", {"email"}}, {"patterns", {"\\bEMP-[0-9]{6}\\b"}}, {"mask", "[x]"}}) ==
        "[x] [x] +49 89 1234567");
}

BOOST_AUTO_TEST_CASE(a_hash_is_the_same_however_a_value_is_written)
{
    const json::object hash{{"how", "hash"}, {"key", key}};
    const std::string card = text("4111111111111111", hash);
    BOOST_TEST(card.size() == 32U);
    BOOST_TEST(card.find_first_not_of("0123456789abcdef") == std::string::npos);
    BOOST_TEST(text("4111-1111 1111-1111", hash) == card);
    BOOST_TEST(text("5500000000000004", hash) != card);
    BOOST_TEST(text("4111111111111111", {{"how", "hash"}, {"key", "fedcba9876543210"}}) != card);
    BOOST_TEST(text("ANN@x.org", hash) == text("ann@X.ORG", hash));
    BOOST_TEST(text("de89370400440532013000", hash) == text("DE89 3704 0044 0532 0130 00", hash));
}

BOOST_AUTO_TEST_CASE(hashes_are_those_of_hmac_with_sha_256)
{
    // printf abc | openssl dgst -sha256 -hmac 0123456789abcdef
    BOOST_TEST(
        text("abc",
             {{"how", "hash"}, {"key", key}, {"kinds", json::array()}, {"patterns", {"abc"}}}) ==
        "bcaa92843247bc258080d2824bddeba4");
}

BOOST_AUTO_TEST_CASE(what_is_dropped_leaves_nothing)
{
    BOOST_TEST(text("to ann@x.org.", {{"how", "drop"}}) == "to .");
}

BOOST_AUTO_TEST_CASE(values_within_values_are_looked_into)
{
    BOOST_TEST(
        made({{"a", json::array{"ann@x.org", 5, json::object{{"b", json::array{"ann@x.org"}}}}},
              {"ann@x.org", nullptr}}) == R"({"a":["***",5,{"b":["***"]}],"ann@x.org":null})");
    BOOST_TEST(made({{"n", 4111111111111111}, {"m", 4111111111111112}}) ==
               R"({"n":"***","m":4111111111111112})");
}

BOOST_AUTO_TEST_CASE(a_number_of_a_card_may_be_a_double)
{
    BOOST_TEST(made({{"n", 4111111111111111.0}, {"m", 4111111111111112.0}, {"o", 0.5}}) ==
               R"({"n":"***","m":4111111111111112.0,"o":0.5})");
}

BOOST_AUTO_TEST_CASE(only_the_fields_that_are_named_are_looked_into)
{
    BOOST_TEST(made({{"a", "ann@x.org"}, {"b", "ann@x.org"}}, {{"fields", {"b", "absent"}}}) ==
               R"({"a":"ann@x.org","b":"***"})");
}

BOOST_AUTO_TEST_CASE(parts_that_overlap_go_together)
{
    BOOST_TEST(text("abcdef", {{"kinds", json::array()}, {"patterns", {"cdef", "abcd", "b"}}}) ==
               "***");
    BOOST_TEST(text("4111111111111111@x.org") == "***");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_read_to_its_end)
{
    std::string given;
    for (int n = 0; n < 50'000; ++n)
        given += "a12 3456 ";
    const std::string out = text(given + "ann@x.org");
    BOOST_TEST(out.ends_with("a12 3456 ***"));
    BOOST_TEST(out.size() == given.size() + 3);
}

BOOST_AUTO_TEST_CASE(parameters_are_checked)
{
    BOOST_TEST(refusal(redact_entry, {{"how", "hash"}}).find("the key of hashes was expected") !=
               std::string::npos);
    BOOST_TEST(
        refusal(redact_entry, {{"how", "hash"}, {"key", "short"}}).find("less than 16 bytes") !=
        std::string::npos);
    BOOST_TEST(refusal(redact_entry, {{"patterns", {"("}}}).find("is no expression") !=
               std::string::npos);
    BOOST_TEST(refusal(redact_entry, {{"kinds", json::array()}}).find("something to look for") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
