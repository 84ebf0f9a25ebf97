// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Bodies of several parts.
#include "host/api/data/data_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::api::data_options;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(each_part_is_a_packet_of_one_receipt)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const std::string body =
        multipart({"Content-Disposition: form-data; name=\"a\"; filename=\"x.json\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n{}",
                   "Content-Disposition: form-data; name=\"b\"; filename=\"y\"\r\n"
                   "Content-Type: text/html\r\n\r\n<p>",
                   "Content-Disposition: form-data; name=\"c\"\r\n\r\nfield"});
    const json::value answer =
        body_of(host.send("POST", "/data/news?ack=processed", body, {as_parts}));
    const json::array& packets = answer.at("packets").as_array();
    BOOST_TEST_REQUIRE(packets.size() == 3U);
    BOOST_TEST(packets[0].at("meta").at("mimetype").as_string() == "application/json");
    BOOST_TEST(packets[0].at("meta").at("filename").as_string() == "x.json");
    BOOST_TEST(packets[1].at("meta").at("mimetype").as_string() == "text/html");
    BOOST_TEST(packets[1].at("meta").at("contentlength").to_number<int>() == 3);
    BOOST_TEST(packets[2].at("meta").at("mimetype").as_string() == "text/plain");
    BOOST_TEST(!packets[2].at("meta").as_object().contains("filename"));
    BOOST_TEST(packets[2].at("meta").at("route").as_string() == "news");
}

BOOST_AUTO_TEST_CASE(one_unacceptable_part_refuses_all)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const std::string good = "Content-Disposition: form-data; name=\"a\"\r\n"
                             "Content-Type: text/plain\r\n\r\nx";
    const auto send = [&](const std::string& bad) {
        return host.send("POST", "/data", multipart({good, bad}), {as_parts});
    };
    check_problem(send("Content-Disposition: form-data; name=\"b\"\r\n"
                       "Content-Type: image/png\r\n\r\nx"),
                  415, "part 2: no adapter of this graph accepts image/png");
    check_problem(send("Content-Disposition: form-data; name=\"b\"\r\n"
                       "Content-Type: application/json\r\n\r\n{"),
                  400, "part 2: line 1");
    check_problem(send("Content-Disposition: form-data; name=\"b\"\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n!"),
                  400, "part 2: not encoded");
    check_problem(host.send("POST", "/data", "no parts", {as_parts}), 400, "");
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
}

BOOST_AUTO_TEST_CASE(what_a_form_leaves_empty_refuses_nothing)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const std::string body =
        multipart({"Content-Disposition: form-data; name=\"comment\"\r\n\r\n",
                   "Content-Disposition: form-data; name=\"u\"; filename=\"\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n",
                   "Content-Disposition: form-data; name=\"f\"; filename=\"x.json\""
                   "\r\nContent-Type: application/json\r\n\r\n{}"});
    const json::value answer = body_of(host.send("POST", "/data?ack=processed", body, {as_parts}));
    const json::array& packets = answer.at("packets").as_array();
    BOOST_TEST_REQUIRE(packets.size() == 2U);
    BOOST_TEST(packets[0].at("fields").at("text").as_string() == "");
    BOOST_TEST(packets[1].at("fields").at("text").as_string() == "{}");
    const std::string nothing =
        multipart({"Content-Disposition: form-data; name=u; filename=\"\"\r\n\r\n"});
    check_problem(host.send("POST", "/data", nothing, {as_parts}), 400, "no part with content");
}

BOOST_AUTO_TEST_CASE(parts_of_a_mixed_body_are_decoded)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const std::string body = multipart(
        {"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=",
         "\r\nplain"});
    const json::value answer =
        body_of(host.send("POST", "/data?ack=processed", body,
                          {{"Content-Type", "multipart/mixed; boundary=\"B\""}}));
    const json::array& packets = answer.at("packets").as_array();
    BOOST_TEST_REQUIRE(packets.size() == 2U);
    BOOST_TEST(packets[0].at("fields").at("text").as_string() == "hello");
    BOOST_TEST(packets[0].at("meta").at("contentlength").to_number<int>() == 5);
    BOOST_TEST(packets[1].at("fields").at("text").as_string() == "plain");
}

// 10,000 parts that share 7 KB of it took 216 MiB, and 65 MiB of the journal.
BOOST_AUTO_TEST_CASE(the_meta_that_parts_share_is_counted_for_each)
{
    data_options options;
    options.bounds.meta = 100'000;
    test_host host({}, options);
    host.deploy("first", {"read", "take"});
    std::string body;
    for (int i = 0; i < 100; ++i)
        body += "--B\r\nContent-Disposition: form-data; name=a\r\nContent-Type: "
                "text/plain\r\n\r\nx\r\n";
    body += "--B--\r\n";
    BOOST_TEST(host.send("POST", "/data", body, {as_parts}).status == 202U);
    const std::string long_meta(7'000, 'm');
    check_problem(host.send("POST", "/data", body, {as_parts, {"X-Meta-Note", long_meta}}), 413,
                  "part 14: the meta of the parts");
}

BOOST_AUTO_TEST_SUITE_END()
