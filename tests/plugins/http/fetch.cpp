// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "curl/scripted_server.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(http_fetch)

namespace json = penstock::json;
using http_package::fetch_entry;
using penstock::packet;
using penstock::testing::packets;

namespace
{

json::object from(const std::string& url, json::object more = {})
{
    json::object params{{"url", url}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

/// Answers with what was asked, as JSON.
scripted_answer mirror(const received_request& asked)
{
    return {.body = penstock::write_json(json::object{
                {"method", asked.method}, {"target", asked.target}, {"body", asked.body}}),
            .headers = {"Content-Type: application/json; charset=utf-8"}};
}

packet numbered(int n)
{
    return packet({{"n", n}});
}

} // namespace

BOOST_AUTO_TEST_CASE(the_answer_is_put_into_the_packet)
{
    scripted_server far(mirror);
    auto result = run_entry(fetch_entry, from(far.url() + "/books/{{n}}"), packets(numbered(7)));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"n":7,"answer":{"method":"GET","target":"/books/7","body":""}})"}),
               boost::test_tools::per_element());
    result = run_entry(fetch_entry,
                       from(far.url(), {{"method", "POST"},
                                        {"into", "/meta/told"},
                                        {"body", json::object{{"input", json::array{"{{n}}"}}}}}),
                       packets(numbered(7)));
    BOOST_TEST(result.out()[0].meta("told").at("body") == R"({"input":[7]})");
    BOOST_TEST(far.requests()[1].header("content-type") == "application/json");
}

BOOST_AUTO_TEST_CASE(text_is_a_text_and_bytes_may_be_data)
{
    scripted_server far(
        [](const received_request&)
        { return scripted_answer{.body = "größe", .headers = {"Content-Type: text/plain"}}; });
    auto result =
        run_entry(fetch_entry, from(far.url(), {{"into", "/fields/t"}}), packets(packet()));
    BOOST_TEST(result.out()[0].get("t") == "größe");
    result = run_entry(fetch_entry, from(far.url(), {{"into", "/data"}}), packets(numbered(1)));
    BOOST_TEST(result.out()[0].data().view() == "größe");
    BOOST_TEST(result.out()[0].meta("mimetype") == "text/plain");
    BOOST_TEST(result.out()[0].get("n") == 1);
}

BOOST_AUTO_TEST_CASE(a_text_is_decoded_as_its_type_says)
{
    scripted_server far(
        [](const received_request& asked)
        {
            if (asked.target == "/json")
                return scripted_answer{.body = "{\"a\":\"\xf6\"}",
                                       .headers = {"Content-Type: Application/JSON;"
                                                   "Charset=\"ISO-8859-1\""}};
            if (asked.target == "/latin")
                return scripted_answer{.body = "gr\xf6\xdf",
                                       .headers = {"Content-Type: TEXT/plain; charset=Latin1"}};
            return scripted_answer{.body = "\xf6", .headers = {"Content-Type: text/plain"}};
        });
    const auto fetch = [&](const std::string& path, const std::string& into)
    {
        packet asks;
        asks.set_meta("charset", "koi8-r");
        return run_entry(fetch_entry, from(far.url() + path, {{"into", into}}),
                         packets(std::move(asks)));
    };
    BOOST_TEST(fetch("/latin", "t").out()[0].get("t") == "größ");
    BOOST_TEST(fetch("/json", "t").out()[0].get("t").at("a") == "ö");
    BOOST_TEST(fetch("/", "t").failed[0].second.starts_with("the answer is no text: "));
    auto data = fetch("/latin", "/data");
    BOOST_TEST(data.out()[0].data().view() == "gr\xf6\xdf");
    BOOST_TEST(data.out()[0].meta("charset") == "latin1");
    BOOST_TEST(data.out()[0].meta("mimetype") == "text/plain");
    data = fetch("/", "/data");
    BOOST_TEST((data.out()[0].find_meta("charset") == nullptr));
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_or_garbles_fails_its_packet_alone)
{
    scripted_server far(
        [](const received_request& asked)
        {
            if (asked.target == "/1")
                return scripted_answer{.status = 404, .body = "no such book"};
            if (asked.target == "/2")
                return scripted_answer{.body = "{", .headers = {"Content-Type: application/json"}};
            if (asked.target == "/3")
                return scripted_answer{.body = std::string(5'000, 'x')};
            return mirror(asked);
        });
    auto result = run_entry(fetch_entry, from(far.url() + "/{{n}}", {{"answer_bytes", 1'000}}),
                            packets(numbered(1), numbered(2), numbered(3), numbered(4), packet()));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 4U);
    BOOST_TEST(result.failed[0].second == far.url() + ": status 404: no such book");
    BOOST_TEST(result.failed[1].second.starts_with("the answer is no JSON: "));
    BOOST_TEST((result.failed[2].second.find("too large") != std::string::npos));
    BOOST_TEST(result.failed[3].second == "n: is absent; a text or a number was expected");
}

BOOST_AUTO_TEST_CASE(an_answer_is_used_again_for_the_same_request)
{
    scripted_server far(mirror);
    const std::string url = far.url() + "/{{n}}";
    const auto twice = [] { return packets(numbered(1), numbered(1), numbered(2), numbered(1)); };
    auto result = run_entry(fetch_entry, from(url, {{"cache", "1m"}}), twice());
    BOOST_TEST(far.requests().size() == 2U);
    BOOST_TEST(result.metrics["cache_hits"] == 2);
    BOOST_TEST(result.out()[3].get("answer") == result.out()[0].get("answer"));
    result = run_entry(fetch_entry, from(url), twice());
    BOOST_TEST(far.requests().size() == 6U);
    result = run_entry(fetch_entry, from(url, {{"cache", "1m"}, {"cache_bytes", 10}}), twice());
    BOOST_TEST(far.requests().size() == 10U);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_away_is_waited_for)
{
    for (const unsigned status : {401U, 403U, 429U, 500U, 502U, 503U, 504U, 507U})
    {
        scripted_server far([&](const received_request&)
                            { return scripted_answer{.status = status}; });
        BOOST_CHECK_THROW(
            (void)run_entry(fetch_entry, from(far.url(), {{"token", "t"}}), packets(numbered(1))),
            penstock::unavailable);
    }
    scripted_server cutting([](const received_request&) { return scripted_answer{.cuts = true}; });
    BOOST_CHECK_THROW((void)run_entry(fetch_entry, from(cutting.url()), packets(numbered(1))),
                      penstock::unavailable);
    scripted_server gone(mirror);
    gone.stop();
    BOOST_CHECK_THROW((void)run_entry(fetch_entry, from(gone.url()), packets(numbered(1))),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(a_status_that_is_about_the_request_fails_its_packet)
{
    for (const unsigned status : {301U, 302U, 304U, 308U, 401U, 403U, 408U, 418U, 501U, 505U})
    {
        scripted_server far(
            [&](const received_request& asked)
            {
                return asked.target == "/1" ? scripted_answer{.status = status, .body = "why"}
                                            : scripted_answer{};
            });
        auto result =
            run_entry(fetch_entry, from(far.url() + "/{{n}}"), packets(numbered(1), numbered(2)));
        BOOST_TEST(result.out().size() == 1U, status);
        BOOST_TEST_REQUIRE(result.failed.size() == 1U, status);
        BOOST_TEST(
            result.failed[0].second.starts_with(far.url() + ": status " + std::to_string(status)));
    }
}

BOOST_AUTO_TEST_CASE(a_status_may_be_named_that_fails_a_packet)
{
    scripted_server far([](const received_request&) { return scripted_answer{.status = 503}; });
    auto result = run_entry(fetch_entry, from(far.url(), {{"refusals", json::array{503}}}),
                            packets(numbered(1), numbered(2)));
    BOOST_TEST(result.failed.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_packet_without_an_answer_or_with_500_fails_when_patience_ends)
{
    for (const scripted_answer& answer :
         {scripted_answer{.status = 500}, scripted_answer{.cuts = true},
          scripted_answer{.garbage = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"},
          scripted_answer{.hangs = true}})
    {
        scripted_server far([&](const received_request& asked)
                            { return asked.target == "/1" ? answer : mirror(asked); });
        auto result =
            run_entry(fetch_entry, from(far.url() + "/{{n}}", {{"patience", 1}, {"timeout", "3s"}}),
                      packets(numbered(1), numbered(2)));
        BOOST_TEST(result.out().size() == 1U);
        BOOST_TEST(result.failed.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_packet_may_name_a_public_host_alone)
{
    scripted_server far(mirror);
    auto result = run_entry(fetch_entry, from("{{u}}"), packets(packet({{"u", far.url()}})));
    BOOST_TEST(far.requests().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST((result.failed[0].second.find("no public address") != std::string::npos));
    result = run_entry(fetch_entry, from("{{u}}", {{"allow_hosts", json::array{"127.0.0.1"}}}),
                       packets(packet({{"u", far.url()}}), packet({{"u", "http://127.0.0.1:1"}})));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST(result.failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_host_of_one_packet_that_is_in_trouble_is_asked_as_often_as_the_node_retries)
{
    for (const scripted_answer& answer :
         {scripted_answer{.status = 500}, scripted_answer{.cuts = true}})
    {
        scripted_server far([&](const received_request&) { return answer; });
        penstock::testing::inputs given;
        given.emplace("in", packets(packet({{"u", far.url()}})));
        const auto result = penstock::testing::run(
            [] { return std::unique_ptr<penstock::component>(fetch_entry.make()); },
            from("{{u}}", {{"allow_hosts", json::array{"127.0.0.1"}}, {"patience", 1}}),
            std::move(given), {.attempts = 3});
        BOOST_TEST(result.failed.size() == 1U);
        BOOST_TEST(far.requests().size() == 3U);
    }
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_passes)
{
    scripted_server far(mirror);
    packet order;
    order.set_meta("requestmethod", "DELETE");
    auto result = run_entry(fetch_entry, from(far.url() + "/{{n}}"), packets(std::move(order)));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST(far.requests().empty());
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](const json::object& params)
    { BOOST_CHECK_THROW((void)run_entry(fetch_entry, params, {}), penstock::parameter_error); };
    refused(from("nonsense"));
    refused(from("http://localhost/{{/field/x}}"));
    refused(from("http://{{host}}", {{"token", "x"}}));
    for (const char* into : {"", "/meta/", "/fields/", "/field/x"})
        refused(from("http://localhost", {{"into", into}}));
}

BOOST_AUTO_TEST_SUITE_END()
