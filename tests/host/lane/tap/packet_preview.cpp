// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/tap/packet_preview.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

BOOST_AUTO_TEST_SUITE(a_preview)

using namespace penstock;
using penstock::host::make_preview;
using penstock::host::packet_preview;

namespace
{

packet example()
{
    packet made;
    made.set("title", "Kvässmör");
    made.set_values("tags", {"a", "b"});
    made.set("list", json::array{1, 2});
    made.set_meta("id", "7");
    made.set_field_meta("title", "language", "sv");
    made.set_data(bytes(std::string("\xff\x00raw", 5)));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(of_a_packet_that_fits_is_the_packet)
{
    const packet whole = example();
    const packet_preview made = make_preview(whole, 4096);
    BOOST_TEST(!made.truncated);
    BOOST_TEST(parse_json(made.json) == json::value(to_json(whole)));
    BOOST_TEST(made.size == made.json.size());
}

BOOST_AUTO_TEST_CASE(of_any_size_is_a_packet)
{
    const packet whole = example();
    for (std::size_t most = 0; most < 200; ++most)
    {
        const packet_preview made = make_preview(whole, most);
        BOOST_TEST(packet_from_json(parse_json(made.json).as_object()).id().text() ==
                   whole.id().text());
        BOOST_TEST(made.json.size() < most + 200);
    }
}

BOOST_AUTO_TEST_CASE(cuts_a_long_text_between_characters)
{
    packet whole;
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "ö";
    whole.set("text", text);
    const packet_preview made = make_preview(whole, 60);
    BOOST_TEST(made.truncated);
    const std::string shown = packet_from_json(parse_json(made.json).as_object()).text("text");
    BOOST_TEST(shown.size() % 2 == 0U);
    BOOST_TEST(shown.size() < 60U);
}

BOOST_AUTO_TEST_CASE(cuts_a_long_body_and_tells_its_size)
{
    packet whole;
    whole.set_data(bytes(std::string(1'000'000, 'x')));
    const packet_preview made = make_preview(whole, 100);
    BOOST_TEST(made.truncated);
    BOOST_TEST(made.json.size() < 200U);
    BOOST_TEST(made.size >= 1'000'000U);
}

BOOST_AUTO_TEST_CASE(leaves_the_packet_as_it_was)
{
    const packet whole = example();
    const json::object before = to_json(whole);
    static_cast<void>(make_preview(whole, 20));
    BOOST_TEST(to_json(whole) == before);
}

BOOST_AUTO_TEST_SUITE_END()
