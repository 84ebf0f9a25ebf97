// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/data_routes.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/engine/full_journal.hpp"
#include "tests/host/journal/journals.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::engine_options;
using penstock::host::api::data_options;
using penstock::host::http::response;
namespace http = penstock::host::http;
namespace json = penstock::json;

namespace
{

constexpr std::pair<std::string_view, std::string_view> plain{"Content-Type", "text/plain"};
constexpr std::pair<std::string_view, std::string_view> as_json{"Content-Type", "application/json"};

// The meta of the only packet that an `answer` node got.
json::object meta_of(const response& answer)
{
    BOOST_TEST_REQUIRE(answer.status == 200U);
    const json::value body = body_of(answer);
    BOOST_TEST_REQUIRE(body.at("packets").as_array().size() == 1U);
    return body.at("packets").at(0).at("meta").as_object();
}

void check_problem(const response& answer, unsigned status, std::string_view part_of_detail)
{
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.headers.value("Content-Type") == "application/problem+json");
    const json::value body = body_of(answer);
    BOOST_TEST(body.at("status").to_number<unsigned>() == status);
    BOOST_TEST(!body.at("title").as_string().empty());
    const std::string_view detail = body.at("detail").as_string();
    BOOST_TEST((detail.find(part_of_detail) != std::string_view::npos),
               '"' << detail << "\" does not say \"" << part_of_detail << '"');
}

std::string multipart(std::initializer_list<std::string_view> parts)
{
    std::string body;
    for (const std::string_view part : parts)
        body.append("--B\r\n").append(part).append("\r\n");
    return body + "--B--\r\n";
}

constexpr std::pair<std::string_view, std::string_view> as_parts{"Content-Type",
                                                                 "multipart/form-data; boundary=B"};

} // namespace

BOOST_AUTO_TEST_CASE(a_body_is_accepted_with_a_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data", "hello", {plain});
    BOOST_TEST(answer.status == 202U);
    const json::value body = body_of(answer);
    BOOST_TEST(body.at("durability").as_string() == "memory");
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "memory");
    const std::string_view receipt = body.at("receipt").as_string();
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + std::string(receipt));
}

BOOST_AUTO_TEST_CASE(all_of_a_request_becomes_meta)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const response answer = host.send("PUT", "/data/news/a%2Fb?ack=processed", "hello",
                                      {{"Content-Type", "Text/Plain; charset=utf-8"},
                                       {"X-Meta-Source", "feed"},
                                       {"X-Meta-Id", "not this one"}});
    const json::object meta = meta_of(answer);
    BOOST_TEST(meta.at("requestmethod").as_string() == "PUT");
    BOOST_TEST(meta.at("route").as_string() == "news");
    BOOST_TEST(meta.at("id").as_string() == "a/b");
    BOOST_TEST(meta.at("mimetype").as_string() == "text/plain");
    BOOST_TEST(meta.at("charset").as_string() == "utf-8");
    BOOST_TEST(meta.at("contentlength").to_number<int>() == 5);
    BOOST_TEST(meta.at("source").as_string() == "feed");
    const std::string_view time = meta.at("processingtime").as_string();
    BOOST_TEST(time.size() == std::string_view("2026-01-31T09:05:00Z").size());
    BOOST_TEST(time.ends_with('Z'));
    BOOST_TEST(body_of(answer).at("packets").at(0).at("fields").at("text").as_string() == "hello");
}

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

BOOST_AUTO_TEST_CASE(get_and_delete_send_triggers_without_a_body)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    for (const char* method : {"GET", "DELETE"})
    {
        const json::object meta = meta_of(host.send(method, "/data/news/7?ack=processed"));
        BOOST_TEST(meta.at("requestmethod").as_string() == method);
        BOOST_TEST(meta.at("route").as_string() == "news");
        BOOST_TEST(meta.at("id").as_string() == "7");
        BOOST_TEST(!meta.contains("mimetype"));
        BOOST_TEST(!meta.contains("contentlength"));
    }
}

BOOST_AUTO_TEST_CASE(head_tells_what_get_would_answer_and_sends_no_trigger)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const auto look = [&](const char* target)
    {
        penstock::host::http::request head = make_request("GET", target);
        head.head_only = true;
        return host.send(std::move(head));
    };
    const response answer = look("/data/news/7?ack=processed");
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.body.empty());
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
    BOOST_TEST(look("/data?ack=never").status == 400U);
    BOOST_TEST(look("/graphs/second/data").status == 404U);
    host.graphs.stop("first");
    BOOST_TEST(look("/data").status == 503U);
}

BOOST_AUTO_TEST_CASE(a_trigger_that_no_adapter_takes_is_accepted_and_shows_in_the_receipt)
{
    test_host host;
    host.deploy("first", {"listen", "take"});
    BOOST_TEST(host.send("GET", "/data").status == 202U);
    const response answer = host.send("GET", "/data?ack=processed");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("delivered").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(the_prefix_names_another_graph)
{
    test_host host;
    host.deploy("first", {"listen", "take"});
    host.deploy("second", {"read", "answer"});
    const response answer =
        host.send("POST", "/graphs/second/data/news?ack=processed", "x", {plain});
    BOOST_TEST(meta_of(answer).at("route").as_string() == "news");
    check_problem(host.send("POST", "/data", "x", {plain}), 415, "text/csv was expected");
    check_problem(host.send("POST", "/graphs/third/data", "x", {plain}), 404, "\"third\"");
}

BOOST_AUTO_TEST_CASE(the_default_graph_can_be_named)
{
    test_host host({}, {.default_graph = "second"});
    host.deploy("first", {"listen", "take"});
    host.deploy("second", {"read", "take"});
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
}

BOOST_AUTO_TEST_CASE(processed_waits_for_the_counts)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data?ack=processed", "x", {plain});
    BOOST_TEST(answer.status == 200U);
    const json::object body = body_of(answer).as_object();
    BOOST_TEST(body.at("delivered").to_number<int>() == 1);
    BOOST_TEST(body.at("dropped").to_number<int>() == 0);
    BOOST_TEST(body.at("failed").to_number<int>() == 0);
    BOOST_TEST(body.at("dead_count").to_number<int>() == 0);
    BOOST_TEST(body.at("dead").as_array().empty());
    BOOST_TEST(!body.contains("packets"));
    BOOST_TEST(!body.at("receipt").as_string().empty());
}

BOOST_AUTO_TEST_CASE(processed_tells_why_packets_died)
{
    test_host host;
    host.deploy("first", {"read", "fail", "take"});
    const json::value body = body_of(host.send("POST", "/data?ack=processed", "x", {plain}));
    BOOST_TEST(body.at("dead_count").to_number<int>() == 1);
    const std::string_view reason = body.at("dead").at(0).at("reason").as_string();
    BOOST_TEST((reason.find("told to fail") != std::string_view::npos));
}

BOOST_AUTO_TEST_CASE(processed_turns_into_accepted_when_the_wait_runs_out)
{
    test_host host;
    host.deploy("first", {"read", "hold"});
    const response answer = host.send("POST", "/data?ack=processed&wait=1ms", "x", {plain});
    BOOST_TEST(answer.status == 202U);
    const std::string receipt(answer.headers.value("Location"));
    BOOST_TEST(body_of(host.send("GET", receipt)).at("state").as_string() == "pending");
    host.graphs.stop("first");
    BOOST_TEST(body_of(host.send("GET", receipt)).at("state").as_string() == "done");
}

BOOST_AUTO_TEST_CASE(durable_is_not_promised_by_a_journal_in_memory)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data?ack=durable", "x", {plain});
    check_problem(answer, 503, "in memory");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
}

BOOST_AUTO_TEST_CASE(a_wrong_query_is_400)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data?ack=soon", "x", {plain}), 400, "memory, durable");
    check_problem(host.send("POST", "/data?ack=processed&wait=1", "x", {plain}), 400, "as in 10s");
    check_problem(host.send("POST", "/data?ack=processed&wait=6m", "x", {plain}), 400, "5m");
    check_problem(host.send("POST", "/data?wait=1s", "x", {plain}), 400, "only ack=processed");
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

BOOST_AUTO_TEST_CASE(a_full_graph_is_429_and_names_the_cause)
{
    engine_options full;
    full.pending.entries = 1;
    test_host host(full);
    host.deploy("first", {"read", "hold"});
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
    const response answer = host.send("POST", "/data", "x", {plain});
    check_problem(answer, 429, "1 entries");
    BOOST_TEST(answer.headers.value("Retry-After") == "1");
    check_problem(host.send("GET", "/data"), 429, "pending");
}

BOOST_AUTO_TEST_CASE(an_entry_that_can_never_fit_is_413)
{
    engine_options small;
    small.pending.bytes = 4096;
    test_host host(small);
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", std::string(5000, 'x'), {plain}), 413, "4096");
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
}

BOOST_AUTO_TEST_CASE(a_stopped_graph_or_none_is_503)
{
    test_host host;
    check_problem(host.send("POST", "/data", "x", {plain}), 503, "no graph");
    host.deploy("first", {"read", "take"});
    host.graphs.stop("first");
    const response answer = host.send("POST", "/data", "x", {plain});
    check_problem(answer, 503, "stopped");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
}

BOOST_AUTO_TEST_CASE(other_methods_are_405)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto allowed = [&](const char* method, const char* target)
    {
        const response answer = host.send(method, target);
        BOOST_TEST(answer.status == 405U);
        return std::string(answer.headers.value("Allow"));
    };
    BOOST_TEST(allowed("PUT", "/data") == "POST, GET, HEAD");
    BOOST_TEST(allowed("DELETE", "/data/news") == "POST, GET, HEAD");
    BOOST_TEST(allowed("PATCH", "/data/news/7") == "POST, GET, HEAD, PUT, DELETE");
    BOOST_TEST(host.send("POST", "/data/", "x", {plain}).status == 404U);
    BOOST_TEST(host.send("POST", "/data/a/b/c", "x", {plain}).status == 404U);
}

BOOST_AUTO_TEST_CASE(a_repeated_key_gets_the_first_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto send = [&](const char* target, const char* body) {
        return host.send("POST", target, body, {plain, {"Idempotency-Key", "k1"}});
    };
    const response first = send("/data?ack=processed", "x");
    const response again = send("/data", "x");
    BOOST_TEST(again.status == 202U);
    BOOST_TEST(again.headers.value("Location") == first.headers.value("Location"));
    BOOST_TEST(send("/data?ack=processed", "x").status == 200U);
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 1U);
    check_problem(send("/data", "y"), 422, "another request");
    check_problem(
        host.send("POST", "/data", "x", {plain, {"Idempotency-Key", std::string(256, 'k')}}), 400,
        "255");
}

BOOST_AUTO_TEST_CASE(a_key_of_an_older_version_is_never_that_of_another_request)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    penstock::host::journal_entry older; // whose fingerprint is of a form that nobody can compare
    older.graph = "first";
    older.idempotency_key = "first\nk1";
    const auto given = penstock::host::testing::keep(host.journal, older);
    const response answer = host.send("POST", "/data", "x", {plain, {"Idempotency-Key", "k1"}});
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + given.id.text());
}

BOOST_AUTO_TEST_CASE(a_repeated_key_gets_its_receipt_from_a_full_graph_too)
{
    engine_options full;
    full.pending.entries = 1;
    test_host host(full);
    host.deploy("first", {"read", "hold"});
    const auto send = [&] {
        return host.send("POST", "/data", "x", {plain, {"Idempotency-Key", "k1"}});
    };
    const response first = send();
    BOOST_TEST(send().headers.value("Location") == first.headers.value("Location"));
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 429U);
}

BOOST_AUTO_TEST_CASE(a_full_journal_is_503_but_not_for_questions)
{
    penstock::host::tests::full_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    for (const char* target : {"/data", "/data?ack=memory", "/data?ack=processed"})
    {
        const response refused = host.send("POST", target, "x", {plain});
        check_problem(refused, 503, "the disk is full");
        BOOST_TEST(refused.headers.value("Retry-After") == "1");
    }
    BOOST_TEST(host.send("GET", "/data?ack=processed").status == 200U);
}

BOOST_AUTO_TEST_CASE(a_repeated_question_gets_its_first_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const fields key{{"Idempotency-Key", "once"}};
    const response first = host.send("GET", "/data?ack=processed", {}, key);
    BOOST_TEST(first.status == 200U);
    const response again = host.send("GET", "/data?ack=processed", {}, key);
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(body_of(again).at("receipt") == body_of(first).at("receipt"));
}

BOOST_AUTO_TEST_CASE(a_refused_request_does_not_use_its_key_up)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto send = [&](const char* body) {
        return host.send("POST", "/data", body, {as_json, {"Idempotency-Key", "k1"}});
    };
    BOOST_TEST(send("{").status == 400U);
    BOOST_TEST(send("{}").status == 202U);
}

BOOST_AUTO_TEST_CASE(meta_that_is_not_utf8_is_400)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", "x", {plain, {"X-Meta-Name", "\xff"}}), 400,
                  "X-Meta-Name");
}

BOOST_AUTO_TEST_SUITE_END()
