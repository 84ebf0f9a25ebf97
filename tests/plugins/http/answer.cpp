// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <string_view>

using http_package::reply_entry;
using penstock::packet;
namespace json = penstock::json;

namespace
{

penstock::testing::result answer(packet given)
{
    return run_entry(reply_entry, {{"raw", true}}, penstock::testing::packets(std::move(given)));
}

packet page(std::string_view data, const json::object& meta = {}, const json::object& fields = {})
{
    packet made = body(data, meta);
    made.set_fields(fields);
    return made;
}

// Status, type and body of the only answer.
std::string written(packet given)
{
    auto result = answer(std::move(given));
    BOOST_REQUIRE(result.failed.empty());
    BOOST_REQUIRE(result.replies.size() == 1);
    const packet& made = result.replies.front();
    return penstock::write_json(made.meta("status")) + ' ' +
           std::string(made.meta("mimetype").as_string()) + ' ' + std::string(made.data().view());
}

std::string refusal(packet given)
{
    auto result = answer(std::move(given));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.replies.empty());
    return result.failed.front().second;
}

} // namespace

BOOST_AUTO_TEST_SUITE(raw_answers)

BOOST_AUTO_TEST_CASE(are_data_with_the_type_and_status_that_meta_say)
{
    BOOST_TEST(written(page("<p>", {{"mimetype", "text/html"}, {"status", 404}})) ==
               "404 text/html; charset=utf-8 <p>");
    BOOST_TEST(written(page("{}", {{"mimetype", "application/json"}})) ==
               "200 application/json {}");
}

BOOST_AUTO_TEST_CASE(are_the_field_body_of_a_packet_without_data)
{
    BOOST_TEST(written(page("", {}, {{"body", "gr\xc3\xbc\xc3\x9f"}})) ==
               "200 text/plain; charset=utf-8 gr\xc3\xbc\xc3\x9f");
    BOOST_TEST(written(page("", {}, {{"body", json::array{1, "b"}}})) ==
               "200 application/json [1,\"b\"]");
    BOOST_TEST(written(page("", {}, {{"body", json::object{{"a", 1}}}})) ==
               "200 application/json {\"a\":1}");
    BOOST_TEST(written(page("data", {}, {{"body", "field"}})) ==
               "200 application/octet-stream data");
}

BOOST_AUTO_TEST_CASE(may_be_empty)
{
    BOOST_TEST(written(page("", {{"status", 202}})) == "202 text/plain; charset=utf-8 ");
    BOOST_TEST(written(page("", {}, {{"body", nullptr}})) == "200 text/plain; charset=utf-8 ");
}

BOOST_AUTO_TEST_CASE(name_the_encoding_of_a_text)
{
    BOOST_TEST(written(page("x", {{"mimetype", "Text/Plain"}, {"charset", "iso-8859-1"}})) ==
               "200 Text/Plain; charset=iso-8859-1 x");
    BOOST_TEST(written(page("x", {{"mimetype", "text/plain"}, {"charset", "a\r\nb"}})) ==
               "200 text/plain; charset=utf-8 x");
    BOOST_TEST(written(page("", {{"mimetype", "text/html"}, {"charset", "iso-8859-1"}},
                            {{"body", "x"}})) == "200 text/html; charset=utf-8 x");
    BOOST_TEST(written(page("x", {{"mimetype", "text/html; charset=koi8-r"}})) ==
               "200 text/html; charset=koi8-r x");
}

BOOST_AUTO_TEST_CASE(take_a_status_from_200_to_599_and_no_other)
{
    BOOST_TEST(written(page("x", {{"mimetype", "a/b"}, {"status", "204"}})) == "204 a/b x");
    BOOST_TEST(written(page("x", {{"mimetype", "a/b"}, {"status", 599.0}})) == "599 a/b x");
    for (const json::value& wrong : std::initializer_list<json::value>{
             100, 199, 600, -1, 200.5, "", "ok", "2000", true, json::array{200}, json::object{}})
        BOOST_TEST(refusal(page("x", {{"status", wrong}})) ==
                   "status: is " + penstock::write_json(wrong) +
                       "; a whole number from 200 to 599 was expected");
    BOOST_TEST(refusal(page("x", {{"status", std::numeric_limits<double>::quiet_NaN()}})) ==
               "status: is no JSON; a whole number from 200 to 599 was expected");
}

BOOST_AUTO_TEST_CASE(take_no_type_that_is_none)
{
    for (const json::value& wrong : std::initializer_list<json::value>{
             "", "html", "text/", "/html", "text/html\r\nSet-Cookie: a=b", "te xt/html",
             "text/ht\xc3\xa4ml", "text/html x", 7, json::array{"text/html"}})
        BOOST_TEST(refusal(page("x", {{"mimetype", wrong}})) ==
                   "mimetype: is " + penstock::write_json(wrong) +
                       "; a media type was expected, as text/html");
    BOOST_TEST(refusal(page("x", {{"mimetype", "a/" + std::string(300, 'b')}}))
                   .starts_with("mimetype: is \"a/bbb"));
}

BOOST_AUTO_TEST_CASE(leave_a_packet_that_is_none_as_it_was)
{
    packet given = page("", {{"status", 9}}, {{"body", "x"}});
    auto result = answer(given.clone());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed.front().first.data().empty());
    BOOST_TEST(!result.failed.front().first.has_meta("mimetype"));
}

BOOST_AUTO_TEST_CASE(go_on_behind_a_packet_that_is_none)
{
    std::vector<packet> given;
    given.push_back(page("a", {{"status", 1}}));
    given.push_back(page("b"));
    auto result = run_entry(reply_entry, {{"raw", true}}, std::move(given));
    BOOST_TEST(result.failed.size() == 1);
    BOOST_REQUIRE(result.replies.size() == 1);
    BOOST_TEST(result.replies.front().data().view() == "b");
}

BOOST_AUTO_TEST_CASE(are_no_matter_without_the_parameter)
{
    auto result =
        run_entry(reply_entry, {}, penstock::testing::packets(page("x", {{"status", 9}})));
    BOOST_TEST(result.failed.empty());
    BOOST_REQUIRE(result.replies.size() == 1);
    BOOST_TEST(!result.replies.front().has_meta("mimetype"));
}

BOOST_AUTO_TEST_CASE(are_declared_by_the_parameter)
{
    for (const bool is_raw : {false, true})
    {
        const std::unique_ptr<penstock::component> made(reply_entry.make());
        BOOST_TEST(penstock::configure(*made, {{"raw", is_raw}}).empty());
        BOOST_TEST(penstock::describe(*made).replies_whole == is_raw);
    }
}

BOOST_AUTO_TEST_SUITE_END()
