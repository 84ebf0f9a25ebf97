// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"
#include "mirror_host.hpp"

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// `2026-01-02T03:04:05.678Z`, digits for d.
bool looks_like(std::string_view text, std::string_view shape)
{
    if (text.size() < shape.size())
        return false;
    for (std::size_t n = 0; n < shape.size(); ++n)
        if (shape[n] == 'd' ? !std::isdigit(static_cast<unsigned char>(text[n]))
                            : text[n] != shape[n])
            return false;
    return true;
}

} // namespace

BOOST_AUTO_TEST_CASE(accepted_data_is_answered_with_a_receipt_that_tells_its_fate)
{
    mirror_host host;
    for (const std::string target : {"/data", "/data?ack=memory", "/graphs/mirror/data"})
    {
        const std::string durability = target.ends_with("memory") ? "memory" : "durable";
        const response answer = host->post(target, json_type, R"([{"a": 1}, {"a": 2}])");
        BOOST_REQUIRE_EQUAL(answer.status, 202);
        const std::string id = text_of(body_of(answer).at("receipt"));
        BOOST_TEST(text_of(body_of(answer).at("durability")) == durability);
        BOOST_TEST(answer.headers.value("Penstock-Durability") == durability);
        BOOST_TEST(answer.headers.value("Content-Type") == json_type);
        BOOST_TEST(answer.headers.value("Location") == "/receipts/" + id);
        const json::value receipt = host.receipt_when_done("/receipts/" + id);
        BOOST_TEST(text_of(receipt.at("receipt")) == id);
        BOOST_TEST(receipt.at("delivered").as_int64() == 2);
        BOOST_TEST(receipt.at("dead_count").as_int64() == 0);
    }
    must_be_problem(host->ask("GET", "/receipts/0123456789abcdef0123456789abcdef"), 404, "receipt");
    must_be_problem(host->ask("GET", "/receipts/none"), 404, "receipt");
}

BOOST_AUTO_TEST_CASE(a_packet_carries_what_the_request_said)
{
    mirror_host host;
    const std::string body = R"({"a": 1})";
    const json::value packet = host.packet("PUT", "/data/orders/no%207",
                                           {{"Content-Type", "Application/JSON; charset=utf-8"},
                                            {"X-Meta-Source", "till 3"},
                                            {"x-meta-UPPER", "Value"}},
                                           body);
    BOOST_TEST(packet.at("fields").at("a").as_int64() == 1);
    const json::object& meta = packet.at("meta").as_object();
    BOOST_TEST(text_of(meta.at("requestmethod")) == "PUT");
    BOOST_TEST(text_of(meta.at("route")) == "orders");
    BOOST_TEST(text_of(meta.at("id")) == "no 7");
    BOOST_TEST(text_of(meta.at("mimetype")) == "application/json");
    BOOST_TEST(meta.at("contentlength").to_number<std::size_t>() == body.size());
    BOOST_TEST(text_of(meta.at("source")) == "till 3");
    BOOST_TEST(text_of(meta.at("upper")) == "Value");
    const std::string time = text_of(meta.at("processingtime"));
    BOOST_TEST(looks_like(time, "dddd-dd-ddTdd:dd:dd"), time);
    BOOST_TEST(time.back() == 'Z');
    const json::value plain = host.packet("POST", "/data", typed(json_type), body);
    BOOST_TEST(!plain.at("meta").as_object().contains("id"));
    BOOST_TEST(!plain.at("meta").as_object().contains("route"));
}

BOOST_AUTO_TEST_CASE(several_documents_of_one_body_get_ids_of_their_own)
{
    mirror_host host;
    const json::array all =
        host.packets("POST", "/data/r/doc", typed(json_type), R"([{"a": 1}, {"a": 2}])");
    BOOST_REQUIRE_EQUAL(all.size(), 2);
    BOOST_TEST(text_of(all[0].at("meta").at("id")) == "doc.1");
    BOOST_TEST(text_of(all[1].at("meta").at("id")) == "doc.2");
    BOOST_TEST(text_of(all[0].at("id")) != text_of(all[1].at("id")));
}

BOOST_AUTO_TEST_CASE(each_data_route_takes_its_methods_and_refuses_others_with_allow)
{
    mirror_host host;
    for (const std::string prefix : {"", "/graphs/mirror"})
    {
        for (const char* target : {"/data", "/data/r", "/data/r/i"})
        {
            BOOST_TEST_CONTEXT(prefix << target)
            {
                BOOST_TEST(host->post(prefix + target, json_type, "{}").status == 202U);
                BOOST_TEST(host->ask("GET", prefix + target).status == 202U);
            }
        }
        BOOST_TEST(host->ask("PUT", prefix + "/data/r/i", typed(json_type), "{}").status == 202U);
        BOOST_TEST(host->ask("DELETE", prefix + "/data/r/i").status == 202U);
        for (const auto& [method, target] :
             std::vector<std::pair<std::string, std::string>>{{"PUT", "/data"},
                                                              {"PUT", "/data/r"},
                                                              {"DELETE", "/data"},
                                                              {"DELETE", "/data/r"},
                                                              {"PATCH", "/data/r/i"},
                                                              {"PATCH", "/data"}})
        {
            BOOST_TEST_CONTEXT(method << ' ' << prefix << target)
            {
                const response answer = host->ask(method, prefix + target, typed(json_type), "{}");
                must_be_problem(answer, 405, "");
                const std::string_view allow = answer.headers.value("Allow");
                BOOST_TEST(has(allow, "GET"));
                BOOST_TEST(has(allow, "POST"));
                BOOST_TEST(has(allow, "DELETE") == target.ends_with("/i"));
                BOOST_TEST(has(allow, "PUT") == target.ends_with("/i"));
            }
        }
    }
    for (const char* target : {"/receipts/x", "/api/graphs", "/livez", "/readyz", "/metrics",
                               "/api/components", "/openapi.json", "/api/graphs/mirror/state"})
    {
        const response answer = host->ask("PATCH", target, typed(json_type), "{}");
        BOOST_TEST(answer.status == 405U, target);
        BOOST_TEST(has(answer.headers.value("Allow"), "GET"));
    }
}

BOOST_AUTO_TEST_CASE(triggers_reach_the_adapters_that_take_them)
{
    mirror_host host;
    for (const char* method : {"GET", "DELETE"})
    {
        const json::value packet = host.packet(method, "/data/orders/7", {}, "");
        BOOST_TEST(text_of(packet.at("meta").at("requestmethod")) == method);
        BOOST_TEST(text_of(packet.at("meta").at("route")) == "orders");
        BOOST_TEST(text_of(packet.at("meta").at("id")) == "7");
        BOOST_TEST(!packet.as_object().contains("fields"));
    }
}

BOOST_AUTO_TEST_CASE(a_trigger_that_nobody_takes_is_accepted_and_its_receipt_shows_it)
{
    const scratch home;
    const std::string text =
        graph("t", {{"read", "text/read"}, {"end", "debug/null"}}, {{"read.out", "end.in"}});
    live_host host(home, {home.write("g.json", text)});
    const response answer = host->ask("DELETE", "/data/r/i");
    BOOST_REQUIRE_EQUAL(answer.status, 202);
    host.settle("t");
    const json::value receipt = host->get(answer.headers.value("Location"));
    BOOST_TEST(receipt.at("delivered").as_int64() == 0);
    BOOST_TEST(receipt.at("dead_count").as_int64() == 0);
    BOOST_TEST(text_of(receipt.at("state")) == "done");
}

BOOST_AUTO_TEST_CASE(each_adapter_that_accepts_a_type_gets_a_packet)
{
    const scratch home;
    const std::string text =
        graph("two", {{"one", "json/read"}, {"other", "json/read"}, {"end", "http/reply"}},
              {{"one.out", "end.in"}, {"other.out", "end.in"}});
    live_host host(home, {home.write("g.json", text)});
    const json::value counts = body_of(host->post("/data?ack=processed", json_type, R"({"a": 1})"));
    BOOST_TEST(counts.at("delivered").as_int64() == 2);
    BOOST_TEST(counts.at("packets").as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(unknown_graphs_and_routes_are_404)
{
    mirror_host host;
    must_be_problem(host->post("/graphs/nobody/data", json_type, "{}"), 404, "nobody");
    must_be_problem(host->ask("GET", "/nowhere"), 404, "");
    must_be_problem(host->post("/data/a/b/c", json_type, "{}"), 404, "");
    must_be_problem(host->ask("GET", "/api/graphs/nobody"), 404, "nobody");
}

BOOST_AUTO_TEST_CASE(a_stopped_graph_answers_503_until_it_runs_again)
{
    mirror_host host;
    BOOST_TEST(host->ask("POST", "/api/graphs/mirror/stop").status == 200U);
    const response answer = host->post("/data", json_type, "{}");
    must_be_problem(answer, 503, "mirror");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
    const response ready = host->ask("GET", "/readyz");
    must_be_problem(ready, 503, "mirror");
    BOOST_TEST(host->ask("GET", "/livez").status == 200U);
    BOOST_TEST(host->ask("POST", "/api/graphs/mirror/deploy").status == 200U);
    BOOST_TEST(host->post("/data", json_type, "{}").status == 202U);
    BOOST_TEST(host->ask("GET", "/readyz").status == 200U);
}

BOOST_AUTO_TEST_CASE(a_refused_deploy_is_422_and_what_ran_runs_on)
{
    mirror_host host;
    const response answer = host->ask("POST", "/api/graphs/mirror/deploy", typed(json_type),
                                      R"({"penstock": 1, "name": "mirror", "nodes": {"read":
                                          {"component": "json/raed"}}})");
    BOOST_TEST(answer.status == 422U);
    const json::value first = body_of(answer).at("problems").at(0);
    BOOST_TEST(text_of(first.at("pointer")) == "/nodes/read/component");
    BOOST_TEST(has(text_of(first.at("expected")), "json/read"), answer.body);
    BOOST_TEST(host.packet("POST", "/data", typed(json_type), "{}").is_object());
}

BOOST_AUTO_TEST_CASE(head_works_where_get_does_and_answers_are_compressed_on_demand)
{
    mirror_host host;
    const response whole = host->ask("GET", "/openapi.json");
    const response head = host->ask("HEAD", "/openapi.json");
    BOOST_TEST(whole.status == 200U);
    BOOST_TEST(head.status == 200U);
    BOOST_TEST(head.body.empty());
    BOOST_TEST(head.headers.value("Content-Length") == std::to_string(whole.body.size()));
    BOOST_TEST(whole.headers.value("Content-Encoding") == "");
    const response small = host->ask("GET", "/openapi.json", {{"Accept-Encoding", "gzip"}});
    BOOST_TEST(small.headers.value("Content-Encoding") == "gzip");
    BOOST_TEST(small.body.size() < whole.body.size() / 2);
}

BOOST_AUTO_TEST_SUITE_END()
