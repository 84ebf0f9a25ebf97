// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Which bodies the data routes take.
#include "host/api/data/data_routes.hpp"
#include "host/net/content/content_coding.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::api::data_options;
using penstock::host::http::response;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(the_charset_of_a_type_is_meta_where_it_names_one)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const auto meta = [&](std::string_view type) {
        return meta_of(host.send("POST", "/data?ack=processed", "x", {{"Content-Type", type}}));
    };
    BOOST_TEST(meta("text/plain; charset=\"ISO-8859-1\"").at("charset").as_string() ==
               "iso-8859-1");
    BOOST_TEST(!meta("text/plain").contains("charset"));
    BOOST_TEST(!meta("text/plain; charset=\"\"").contains("charset"));
    const std::string body = multipart({"Content-Disposition: form-data; name=\"a\"\r\n"
                                        "Content-Type: text/plain; charset=UTF-16LE\r\n\r\nx"});
    const auto part = meta_of(host.send("POST", "/data?ack=processed", body, {as_parts}));
    BOOST_TEST(part.at("charset").as_string() == "utf-16le");
    // What is not in UTF-8 is for the adapter to decode.
    const std::string wide("[\0", 2);
    BOOST_TEST(
        host.send("POST", "/data", wide, {{"Content-Type", "application/json; charset=utf-16le"}})
            .status == 202U);
    check_problem(host.send("POST", "/data", wide, {as_json}), 400, "line 1");
}

BOOST_AUTO_TEST_CASE(what_the_adapters_declare_decides_whether_a_body_must_be_json)
{
    test_host host;
    host.deploy("strict", {"read", "take"});
    host.deploy("open", {"lines", "take"});
    check_problem(host.send("POST", "/graphs/strict/data", "{}{}", {as_json}), 400,
                  "line 1, column 3");
    BOOST_TEST(host.send("POST", "/graphs/open/data", "{}{}", {as_json}).status == 202U);
    BOOST_TEST(
        host.send("POST", "/graphs/open/data", "{}", {{"Content-Type", "application/x+json"}})
            .status == 202U);
    BOOST_TEST(
        host.send("POST", "/graphs/open/data", "{}", {{"Content-Type", "application/x"}}).status ==
        415U);
}

BOOST_AUTO_TEST_CASE(members_of_an_object_are_bounded_at_the_door)
{
    data_options options;
    options.bounds.json_members = 2;
    test_host host({}, options);
    host.deploy("first", {"read", "take"});
    BOOST_TEST(host.send("POST", "/data", R"({"a":1,"b":2})", {as_json}).status == 202U);
    check_problem(host.send("POST", "/data", R"({"a":1,"b":2,"c":3})", {as_json}), 400,
                  "at most 2");
}

BOOST_AUTO_TEST_CASE(an_empty_body_is_400)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", "", {plain}), 400, "empty");
    check_problem(host.send("POST", "/data"), 400, "empty");
    check_problem(host.send("POST", "/data", http::gzip(""), {plain, {"Content-Encoding", "gzip"}}),
                  400, "empty");
}

BOOST_AUTO_TEST_CASE(json_is_checked_at_the_door_with_line_column_and_offset)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", "{\"a\": 1,\n  x}", {as_json}), 400,
                  "line 2, column 3, byte offset 11");
    check_problem(host.send("POST", "/data", "[1e999]", {as_json}), 400, "line 1");
    check_problem(
        host.send("POST", "/data", std::string(65, '[') + std::string(65, ']'), {as_json}), 400,
        "line 1");
    BOOST_TEST(host.send("POST", "/data", "{\"a\": [1, null]}", {as_json}).status == 202U);
}

BOOST_AUTO_TEST_CASE(an_unaccepted_or_missing_type_is_415_and_lists_the_accepted)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    for (const std::string_view type : {"image/png", "nonsense", "application/x-json"})
    {
        const response answer = host.send("POST", "/data", "x", {{"Content-Type", type}});
        check_problem(answer, 415, "application/json, text/* was expected");
        BOOST_TEST(answer.headers.value("Accept-Post") == "application/json, text/*");
    }
    check_problem(host.send("POST", "/data", "x"), 415, "there is none");
    check_problem(host.send("POST", "/data", "x", {plain, {"Content-Encoding", "br"}}), 415,
                  "gzip");
}

BOOST_AUTO_TEST_CASE(the_type_is_refused_before_the_body_is_read)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    auto head = make_request("POST", "/data", {}, {{"Content-Type", "image/png"}});
    head.has_body = true;
    const auto refused = host.api.head(head);
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 415U);
}

BOOST_AUTO_TEST_CASE(a_body_is_for_the_version_that_runs_when_it_has_come)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    auto sent = make_request("POST", "/data", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST_REQUIRE(!host.api.head(sent).has_value());
    host.deploy("first", {"lines", "take"}); // which takes no text
    awaited_answer answer;
    host.api.handle(sent, answer.to());
    BOOST_TEST(answer.wait().status == 415U);
}

BOOST_AUTO_TEST_CASE(a_compressed_body_is_decompressed)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const response answer = host.send("POST", "/data?ack=processed", http::gzip("hello hello"),
                                      {plain, {"Content-Encoding", "gzip"}});
    BOOST_TEST(meta_of(answer).at("contentlength").to_number<int>() == 11);
    check_problem(host.send("POST", "/data", "no gzip", {plain, {"Content-Encoding", "gzip"}}), 400,
                  "");
}

BOOST_AUTO_TEST_CASE(a_body_that_grows_beyond_the_limit_is_413)
{
    data_options small;
    small.bounds.decompressed = 100;
    test_host host({}, small);
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data", http::gzip(std::string(101, 'x')),
                                      {plain, {"Content-Encoding", "gzip"}});
    check_problem(answer, 413, "");
}

BOOST_AUTO_TEST_CASE(long_and_packed_bodies_are_worked_on_elsewhere_and_answered_the_same)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    std::string text = "[0";
    for (int n = 1; n < 60'000; ++n)
        text += ',' + std::to_string(n);
    text += ']';
    BOOST_TEST(meta_of(host.send("POST", "/data?ack=processed", text, {as_json}))
                   .at("contentlength")
                   .to_number<std::size_t>() == text.size());
    check_problem(host.send("POST", "/data", text + ']', {as_json}), 400, "line 1");
    const std::string packed = http::gzip(text);
    BOOST_TEST(meta_of(host.send("POST", "/data?ack=processed", packed,
                                 {as_json, {"Content-Encoding", "gzip"}}))
                   .at("contentlength")
                   .to_number<std::size_t>() == text.size());
}

BOOST_AUTO_TEST_CASE(meta_that_is_not_utf8_is_400)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", "x", {plain, {"X-Meta-Name", "\xff"}}), 400,
                  "X-Meta-Name");
}

// As the session does: what was found out from the header of the request before is still there.
BOOST_AUTO_TEST_CASE(a_repeated_header_is_for_the_graph_that_runs_by_then)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    http::request asked = make_request("POST", "/data?ack=processed", "one", {plain});
    const auto send = [&](std::string body) -> response
    {
        asked.body = std::move(body);
        if (auto refused = host.api.head(asked))
            return *std::move(refused);
        awaited_answer answer;
        host.api.handle(asked, answer.to());
        response given = answer.wait();
        asked.found->let_go();
        asked.is_repeated = true;
        return given;
    };
    for (const char* body : {"one", "two"})
    {
        const penstock::json::object meta = meta_of(send(body));
        BOOST_TEST(meta.at("mimetype").as_string() == "text/plain");
        BOOST_TEST(meta.at("contentlength").to_number<int>() == 3);
    }
    host.deploy("first", {"lines", "take"}); // which takes no text
    check_problem(send("three"), 415, "no adapter of this graph accepts text/plain");
    host.deploy("first", {"read", "answer"});
    BOOST_TEST(meta_of(send("four")).at("contentlength").to_number<int>() == 4);
}

BOOST_AUTO_TEST_SUITE_END()
