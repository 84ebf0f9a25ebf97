// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../../../plugins/curl/packet_text.hpp"

#include "../../../plugins/curl/url.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <stdexcept>
#include <string>

using curl::packet_text;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(curl_packet_text)

BOOST_AUTO_TEST_CASE(places_are_filled_from_meta_and_fields)
{
    penstock::packet from({{"a", "x"}, {"n", 7}, {"yes", true}, {"d", 1.5}, {"both", "field"}});
    from.set_meta("a b", "ü");
    from.set_meta("both", "meta");
    const auto fill = [&](std::string_view text) { return packet_text(text).fill(from); };
    BOOST_TEST(fill("") == "");
    BOOST_TEST(fill("plain } { text") == "plain } { text");
    BOOST_TEST(fill("{{a}}{{n}}-{{yes}}-{{d}}") == "x7-true-1.5");
    BOOST_TEST(fill("{{both}} {{/meta/both}} {{/fields/both}}") == "meta meta field");
    BOOST_TEST(fill("{{/meta/a b}}!") == "ü!");
    BOOST_TEST(packet_text("a").is_fixed());
    BOOST_TEST(!packet_text("a{{b}}").is_fixed());
}

BOOST_AUTO_TEST_CASE(what_is_no_text_fills_no_place)
{
    penstock::packet from(
        {{"null", nullptr}, {"list", json::array{1}}, {"object", json::object()}});
    from.set("infinite", std::numeric_limits<double>::infinity());
    from.append("many", 1);
    from.append("many", 2);
    for (const char* name : {"absent", "null", "list", "object", "infinite", "many"})
        BOOST_CHECK_THROW((void)packet_text("{{" + std::string(name) + "}}").fill(from),
                          std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_place_has_an_end_and_a_name)
{
    BOOST_TEST(packet_text::problem_of("{{a}}").empty());
    BOOST_TEST(packet_text::problem_of("a{{b").find("does not end") != std::string::npos);
    BOOST_TEST(packet_text::problem_of("a{{}}").find("without a name") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_can_be_written_for_a_url)
{
    const penstock::packet from({{"a", "x y/ü?&#%\n../"}});
    BOOST_TEST(packet_text("http://host/{{a}}").fill(from, &curl::percent_encoded) ==
               "http://host/x%20y%2F%C3%BC%3F%26%23%25%0A..%2F");
}

BOOST_AUTO_TEST_CASE(the_origin_of_a_url_has_no_secrets)
{
    BOOST_TEST(curl::origin_of("https://user:secret@host:9200/path?key=secret") ==
               "https://host:9200");
    BOOST_TEST(curl::origin_of("http://[::1]:80") == "http://[::1]:80");
    BOOST_TEST(curl::origin_of("secret") == "url");
    BOOST_TEST(curl::host_of("http://[FE80::1]:80/x") == "fe80::1");
    BOOST_TEST(curl::host_of("http://User@Host.example/") == "host.example");
}

BOOST_AUTO_TEST_SUITE_END()
