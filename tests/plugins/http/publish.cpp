// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "curl/scripted_server.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <utility>

namespace json = penstock::json;
using http_package::publish_entry;
using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(http_publish)

namespace
{

/// A server that takes everything.
struct far_side : scripted_server
{
    far_side() : scripted_server([](const received_request&) { return scripted_answer{}; }) {}

    std::vector<std::string> bodies() const
    {
        std::vector<std::string> list;
        for (const received_request& each : requests())
            list.push_back(each.body);
        return list;
    }
};

json::object to(const std::string& url, json::object more = {})
{
    json::object params{{"url", url}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

packet numbered(int n)
{
    return packet({{"n", n}});
}

} // namespace

BOOST_AUTO_TEST_CASE(each_packet_is_a_request_with_its_fields_as_json)
{
    const far_side far;
    packet several({{"title", "Größe"}});
    several.append("tag", "a");
    several.append("tag", "b");
    auto result = run_entry(publish_entry, to(far.url() + "/hook?a=b"),
                            packets(numbered(1), std::move(several)));
    BOOST_TEST(far.bodies() ==
                   (strings{R"({"n":1})", "{\"title\":\"Größe\",\"tag\":[\"a\",\"b\"]}"}),
               boost::test_tools::per_element());
    const received_request first = far.requests().front();
    BOOST_TEST(first.method == "POST");
    BOOST_TEST(first.target == "/hook?a=b");
    BOOST_TEST(first.header("content-type") == "application/json");
    BOOST_TEST(first.header("authorization").empty());
    BOOST_TEST(result.delivered.size() == 2U);
}

BOOST_AUTO_TEST_CASE(url_headers_and_body_are_filled_from_the_packet)
{
    const far_side far;
    packet made({{"title", "A \"b\"/ü"}, {"n", 7}, {"tags", json::array{1, 2}}});
    made.set_meta("kind", "../b");
    const json::object headers{{"X-Kind", "{{kind}}-{{n}}"}, {"content-type", "application/vnd.x"}};
    const json::object body{{"text", "New: {{title}}"},
                            {"n", "{{n}}"},
                            {"tags", "{{tags}}"},
                            {"none", "{{absent}}"},
                            {"list", json::array{"{{/meta/kind}}", 1}}};
    (void)run_entry(publish_entry,
                    to(far.url() + "/{{kind}}/x?t={{title}}",
                       {{"method", "PUT"}, {"headers", headers}, {"body", body}}),
                    packets(std::move(made)));
    BOOST_TEST_REQUIRE(far.requests().size() == 1U);
    const received_request got = far.requests().front();
    BOOST_TEST(got.method == "PUT");
    BOOST_TEST(got.target == "/..%2Fb/x?t=A%20%22b%22%2F%C3%BC");
    BOOST_TEST(got.header("x-kind") == "../b-7");
    BOOST_TEST(got.header("content-type") == "application/vnd.x");
    BOOST_TEST(got.body == "{\"text\":\"New: A \\\"b\\\"/ü\",\"n\":7,\"tags\":[1,2],\"none\":null,"
                           "\"list\":[\"../b\",1]}");
}

BOOST_AUTO_TEST_CASE(a_text_is_a_body_of_text)
{
    const far_side far;
    (void)run_entry(publish_entry, to(far.url(), {{"body", "n is {{n}}"}}), packets(numbered(3)));
    BOOST_TEST(far.bodies() == (strings{"n is 3"}), boost::test_tools::per_element());
    BOOST_TEST(far.requests()[0].header("content-type") == "text/plain; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_is_sent_as_it_came)
{
    const far_side far;
    (void)run_entry(publish_entry, to(far.url()),
                    packets(body(std::string("\0\xff", 2), {{"mimetype", "image/png"}}),
                            body("x", {{"mimetype", "a\r\nX-Evil: 1"}})));
    BOOST_TEST(far.bodies() == (strings{std::string("\0\xff", 2), "x"}),
               boost::test_tools::per_element());
    BOOST_TEST(far.requests()[0].header("content-type") == "image/png");
    BOOST_TEST(far.requests()[1].header("content-type") == "application/octet-stream");
    BOOST_TEST(far.requests()[1].header("x-evil").empty());
}

BOOST_AUTO_TEST_CASE(a_packet_of_nothing_is_dropped_unless_a_body_is_given)
{
    const far_side far;
    auto result = run_entry(publish_entry, to(far.url()), packets(packet()));
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(far.requests().empty());
    result = run_entry(publish_entry, to(far.url(), {{"body", json::object{{"a", 1}}}}),
                       packets(packet()));
    BOOST_TEST(far.bodies() == (strings{R"({"a":1})"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(packets_of_a_batch_that_go_to_one_place_share_a_request)
{
    const auto batch = []
    {
        std::vector<packet> made;
        for (int n = 1; n <= 4; ++n)
        {
            made.push_back(numbered(n));
            made.back().set_meta("to", n < 4 ? "a" : "b");
        }
        return made;
    };
    const far_side lines;
    auto result =
        run_entry(publish_entry, to(lines.url() + "/{{to}}", {{"format", "lines"}}), batch());
    BOOST_TEST(lines.bodies() == (strings{"{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", "{\"n\":4}\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(lines.requests()[0].header("content-type") == "application/x-ndjson");
    BOOST_TEST(lines.requests()[1].target == "/b");
    BOOST_TEST(result.delivered.size() == 4U);
    const far_side list;
    (void)run_entry(publish_entry, to(list.url(), {{"format", "list"}, {"batch_count", 3}}),
                    batch());
    BOOST_TEST(list.bodies() == (strings{R"([{"n":1},{"n":2},{"n":3}])", R"([{"n":4}])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_request_has_a_key_by_which_a_repetition_is_known)
{
    const far_side far;
    std::vector<packet> given = packets(numbered(1));
    penstock::detail::packet_access::set_id(given[0], {1, 2});
    (void)run_entry(publish_entry, to(far.url()), std::move(given));
    BOOST_TEST(far.requests()[0].header("idempotency-key") == "00000000000000010000000000000002");
}

BOOST_AUTO_TEST_CASE(a_packet_that_fills_no_place_fails_alone)
{
    const far_side far;
    packet infinite = numbered(2);
    infinite.set("x", std::numeric_limits<double>::infinity());
    packet control = numbered(3);
    control.set_meta("kind", "a\nX-Evil: 1");
    packet good = numbered(4);
    good.set_meta("kind", "");
    infinite.set_meta("kind", "x");
    auto result =
        run_entry(publish_entry, to(far.url(), {{"headers", json::object{{"X-K", "{{kind}}"}}}}),
                  packets(numbered(1), std::move(infinite), std::move(control), std::move(good)));
    BOOST_TEST(far.bodies() == (strings{R"({"n":4})"}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    BOOST_TEST(result.failed[0].second == "kind: is absent; a text or a number was expected");
    BOOST_TEST(result.failed[2].second.starts_with("X-K: has control characters"));
}

BOOST_AUTO_TEST_CASE(a_value_that_makes_another_path_fails_its_packet)
{
    const far_side far;
    const auto with = [](const std::string& text) { return packet({{"n", text}}); };
    const auto result =
        run_entry(publish_entry, to(far.url() + "/{{n}}/x?{{n}}"),
                  packets(with(".."), with("."), with(""), with("..."), with("a.")));
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    BOOST_TEST(result.failed[0].second ==
               "url: has \"..\" in its path, which makes it another; a name was expected");
    BOOST_TEST(result.failed[2].second ==
               "url: an empty value in its path makes it another; a text was expected");
    BOOST_TEST_REQUIRE(far.requests().size() == 2U);
    BOOST_TEST(far.requests()[0].target == "/.../x?...");
    const auto last = run_entry(publish_entry, to(far.url() + "/a/.{{n}}"), packets(with(".")));
    BOOST_TEST(last.failed.size() == 1U);
    const auto query = run_entry(publish_entry, to(far.url() + "/a?b={{n}}"),
                                 packets(with(""), with(".."), with("/..")));
    BOOST_TEST(query.delivered.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_text_of_several_lines_is_no_line)
{
    const far_side far;
    const auto result =
        run_entry(publish_entry, to(far.url(), {{"format", "lines"}, {"body", "{{n}}"}}),
                  packets(packet({{"n", "a\nb"}}), packet({{"n", "c\r"}}), numbered(4)));
    BOOST_TEST(far.bodies() == (strings{"4\n"}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second == "body: has several lines; one was expected");
}

BOOST_AUTO_TEST_CASE(what_makes_a_head_too_long_for_servers_fails_its_packet)
{
    const far_side far;
    const auto result =
        run_entry(publish_entry,
                  to(far.url() + "/{{n}}", {{"headers", json::object{{"X-Text", "{{text}}"}}}}),
                  packets(packet({{"n", std::string(8'000, 'n')}, {"text", ""}}),
                          packet({{"n", 1}, {"text", std::string(16'000, 't')}}),
                          packet({{"n", 1}, {"text", std::string(7'000, 't')}})));
    BOOST_TEST(far.requests().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second.starts_with("url: has 80"));
    BOOST_TEST(result.failed[1].second.starts_with("headers: have 16006 bytes"));
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](const json::object& params)
    { BOOST_CHECK_THROW((void)run_entry(publish_entry, params, {}), penstock::parameter_error); };
    for (const char* url : {"", "localhost", "ftp://localhost", "http://a:b@localhost", "http://{{",
                            "http://ho st", "{{scheme}}://host"})
        refused(to(url));
    const std::string url = "http://localhost";
    refused(to(url, {{"headers", json::object{{"Content-Length", "5"}}}}));
    refused(to(url, {{"headers", json::object{{"A b", "5"}}}}));
    refused(to(url, {{"headers", json::object{{"A", "a\r\nB: c"}}}}));
    refused(to(url, {{"headers", json::object{{"A", 5}}}}));
    refused(to(url, {{"body", "{{"}}));
    refused(to(url, {{"body", "text"}, {"format", "list"}}));
    refused(to(url, {{"token", "x"}, {"user", "y"}}));
    refused(to("http://{{host}}/", {{"token", "x"}}));
    refused(to(url, {{"refusals", json::array{404}}}));
}

BOOST_AUTO_TEST_SUITE_END()
