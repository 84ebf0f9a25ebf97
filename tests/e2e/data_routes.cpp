// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>
#include <zstd.h>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr std::string_view json_type = "application/json";
constexpr std::string_view lines_type = "application/x-ndjson";

// Answers each packet that comes in, so that a test sees what the door made of a request.
std::string mirror()
{
    return graph("mirror",
                 {{"read", "json/read"}, {"lines", "text/read"}, {"answer", "http/reply"}},
                 {{"read.out", "answer.in"}, {"lines.out", "answer.in"}});
}

struct mirror_host : scratch, live_host
{
    explicit mirror_host(std::vector<std::string> flags = {})
        : live_host(*this, with_graph(*this, std::move(flags)))
    {
    }

    static std::vector<std::string> with_graph(const scratch& home, std::vector<std::string> flags)
    {
        flags.insert(flags.begin(), home.write("mirror.json", mirror()));
        return flags;
    }

    /// The packets that one request became.
    json::array packets(std::string_view method, std::string_view target,
                        const header_fields& fields, std::string_view body)
    {
        const std::string processed = std::string(target) + "?ack=processed";
        const response answer = (*this)->ask(method, processed, fields, body);
        BOOST_REQUIRE_MESSAGE(answer.status == 200, answer.status << ": " << answer.body);
        const json::value found = body_of(answer);
        return found.at("packets").as_array();
    }

    json::value packet(std::string_view method, std::string_view target,
                       const header_fields& fields, std::string_view body)
    {
        const json::array all = packets(method, target, fields, body);
        BOOST_REQUIRE_EQUAL(all.size(), 1);
        return all.front();
    }

    json::value receipt_when_done(const std::string& location)
    {
        json::value receipt;
        BOOST_REQUIRE(eventually(
            [&]
            {
                receipt = (*this)->get(location);
                return receipt.at("state") == "done";
            }));
        return receipt;
    }
};

void must_be_problem(const response& answer, unsigned status, std::string_view detail)
{
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.headers.value("Content-Type") == "application/problem+json");
    const json::value problem = body_of(answer);
    BOOST_TEST(problem.at("status").to_number<unsigned>() == status);
    BOOST_TEST(!problem.at("type").as_string().empty());
    BOOST_TEST(!problem.at("title").as_string().empty());
    BOOST_TEST(has(text_of(problem.at("detail")), detail), answer.body);
}

header_fields typed(std::string_view type, std::string_view coding = {})
{
    header_fields fields{{"Content-Type", std::string(type)}};
    if (!coding.empty())
        fields.push_back({"Content-Encoding", std::string(coding)});
    return fields;
}

std::string deflated(std::string_view text, int window)
{
    z_stream stream{};
    BOOST_REQUIRE(::deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(::deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    BOOST_REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

std::string gzipped(std::string_view text)
{
    return deflated(text, 15 + 16);
}

std::string zstandard(std::string_view text)
{
    std::string out(::ZSTD_compressBound(text.size()), '\0');
    out.resize(::ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

constexpr std::string_view form_type = "multipart/form-data; boundary=seam";

std::string form(const std::vector<std::pair<std::string, std::string>>& parts)
{
    std::string body;
    for (const auto& [head, content] : parts)
        body.append("--seam\r\n").append(head).append("\r\n\r\n").append(content).append("\r\n");
    return body + "--seam--\r\n";
}

std::string file_part(std::string_view name, std::string_view type)
{
    return "Content-Disposition: form-data; name=\"f\"; filename=\"" + std::string(name) +
           "\"\r\nContent-Type: " + std::string(type);
}

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

BOOST_AUTO_TEST_CASE(processed_is_answered_with_counts)
{
    const scratch home;
    const std::string text = graph("counts",
                                   {{"read", "json/read"},
                                    {"drop", "route/drop", R"({"field": "drop"})"},
                                    {"fail", "debug/fail", R"({"field": "fail"})"},
                                    {"keep", "debug/null"},
                                    {"too", "debug/null"},
                                    {"errors", "debug/null"},
                                    {"fail2", "debug/fail", R"({"field": "error"})"}},
                                   {{"read.out", "drop.in"},
                                    {"drop.out", "fail.in"},
                                    {"fail.out", "fail2.in"},
                                    {"fail2.out", "keep.in"},
                                    {"fail2.out", "too.in"},
                                    {"fail2.error", "errors.in"}});
    live_host host(home, {home.write("g.json", text)});
    const response answer = host->post(
        "/data?ack=processed", lines_type,
        "{\"a\": 1}\n{\"drop\": 1}\n{\"fail\": 1}\n{\"error\": 1}\nnot json\n{\"a\": 2}\n");
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    const json::value counts = body_of(answer);
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + text_of(counts.at("receipt")));
    BOOST_TEST(counts.at("failed").as_int64() == 1);
    BOOST_TEST(counts.at("dropped").as_int64() == 1);
    BOOST_TEST(counts.at("dead_count").as_int64() == 2);
    // Two packets to two publishers each, and the one that went by an error port.
    const std::int64_t delivered = counts.at("delivered").as_int64();
    BOOST_TEST((delivered == 4 || delivered == 5), answer.body);
    const json::array& dead = counts.at("dead").as_array();
    BOOST_REQUIRE_EQUAL(dead.size(), 2);
    bool has_line = false;
    for (const json::value& each : dead)
        has_line |= has(text_of(each.at("reason")), "line 5");
    BOOST_TEST(has_line, answer.body);
    const json::value dead_letters = host->get("/api/dead-letters");
    BOOST_TEST(dead_letters.at("kept").as_int64() == 2);
    const std::string id = text_of(dead_letters.at("dead_letters").at(0).at("id"));
    BOOST_TEST(host->get("/api/dead-letters/" + id).at("packet").is_object());
    BOOST_TEST(host->ask("DELETE", "/api/dead-letters/" + id).status == 204U);
    BOOST_TEST(host->ask("GET", "/api/dead-letters/" + id).status == 404U);
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

BOOST_AUTO_TEST_CASE(wishes_about_the_answer_are_taken_at_their_word)
{
    mirror_host host;
    BOOST_TEST(
        host->post("/data?ack=durable", json_type, "{}").headers.value("Penstock-Durability") ==
        "durable");
    must_be_problem(host->post("/data?ack=perhaps", json_type, "{}"), 400, "ack");
    must_be_problem(host->post("/data?ack=processed&wait=long", json_type, "{}"), 400, "wait");
    must_be_problem(host->post("/data?wait=1s", json_type, "{}"), 400, "wait");
    BOOST_TEST(host->post("/data?ack=processed&wait=5s", json_type, "{}").status == 200U);
    BOOST_TEST(host.account_of("mirror").accepted == 2U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_waits_too_long_is_202)
{
    const scratch home;
    gate held(home, "gate");
    const std::string text =
        graph("gated",
              {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
              {{"read.out", "hold.in"}});
    live_host host(home, {home.write("g.json", text), "--packages", gate_folder()});
    const response answer = host->post("/data?ack=processed&wait=50ms", json_type, "{}");
    BOOST_TEST(answer.status == 202U);
    const std::string location(answer.headers.value("Location"));
    BOOST_TEST(text_of(host->get(location).at("state")) == "pending");
    held.open();
    BOOST_TEST(eventually([&] { return host->get(location).at("state") == "done"; }));
    BOOST_TEST(host->get(location).at("delivered").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(bodies_that_are_not_json_are_refused_with_their_place)
{
    mirror_host host;
    must_be_problem(host->post("/data", json_type, ""), 400, "empty");
    must_be_problem(host->post("/data", lines_type, ""), 400, "empty");
    const response cut = host->post("/data", json_type, "{\"a\": 1,\n  \"b\": tru }");
    must_be_problem(cut, 400, "line 2, column ");
    must_be_problem(cut, 400, "byte offset 1");
    must_be_problem(host->post("/data", json_type, R"({"a": 1e400})"), 400, "line 1, column 7");
    must_be_problem(host->post("/data", json_type, R"({"a": -1e999})"), 400, "line 1");
    must_be_problem(host->post("/data", json_type, "{} {}"), 400, "line 1, column 4");
    must_be_problem(host->post("/data", json_type, "{\"a\": \"\xff\"}"), 400, "line 1");
    must_be_problem(host->post("/data", json_type, std::string(65, '[') + std::string(65, ']')),
                    400, "line 1, column 65");
    BOOST_TEST(host->post("/data", json_type, std::string(64, '[') + std::string(64, ']')).status ==
               202U);
    BOOST_TEST(host.settle("mirror").accepted == 1U);
}

BOOST_AUTO_TEST_CASE(requests_that_are_not_http_are_refused_and_closed)
{
    mirror_host host;
    for (const std::string head : {"GET http://localhost/data HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                   "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                   "2\r\nContent-Length: 2\r\n\r\n",
                                   "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n",
                                   "GET /data HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n"})
    {
        raw_client client = host.connect();
        client.send(head + "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.half_close();
        const auto said = client.read_to_end();
        BOOST_REQUIRE(said.has_value());
        BOOST_TEST(said->starts_with("HTTP/1.1 400 "), *said);
        BOOST_TEST(!has(*said, "HTTP/1.1 200 "), *said);
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(unknown_graphs_and_routes_are_404)
{
    mirror_host host;
    must_be_problem(host->post("/graphs/nobody/data", json_type, "{}"), 404, "nobody");
    must_be_problem(host->ask("GET", "/nowhere"), 404, "");
    must_be_problem(host->post("/data/a/b/c", json_type, "{}"), 404, "");
    must_be_problem(host->ask("GET", "/api/graphs/nobody"), 404, "nobody");
}

BOOST_AUTO_TEST_CASE(bodies_over_a_limit_are_413)
{
    mirror_host host({"--body-limit", "64KiB", "--decompressed-limit", "128KiB"});
    const std::string large = R"({"a": ")" + std::string(64 * 1024, 'x') + "\"}";
    must_be_problem(host->post("/data", json_type, large), 413, "");
    raw_client chunked = host.connect();
    chunked.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n11000\r\n" +
                 std::string(0x11000, ' ') + "\r\n0\r\n\r\n");
    BOOST_TEST(chunked.read_answer().status == 413U);
    const std::string inflated = R"({"a": ")" + std::string(200 * 1024, 'x') + "\"}";
    must_be_problem(host->ask("POST", "/data", typed(json_type, "gzip"), gzipped(inflated)), 413,
                    "");
    BOOST_TEST(
        host->post("/data", json_type, R"({"a": ")" + std::string(60'000, 'x') + "\"}").status ==
        202U);
    BOOST_TEST(host.settle("mirror").accepted == 1U);
}

BOOST_AUTO_TEST_CASE(an_entry_that_can_never_fit_is_413)
{
    mirror_host host({"--pending-bytes", "16KiB"});
    const std::string large = R"({"a": ")" + std::string(20'000, 'x') + "\"}";
    must_be_problem(host->post("/data", json_type, large), 413, "can never fit");
    must_be_problem(host->ask("POST", "/data", typed(json_type, "gzip"), gzipped(large)), 413,
                    "can never fit");
    BOOST_TEST(host->post("/data", json_type, "{}").status == 202U);
}

BOOST_AUTO_TEST_CASE(an_early_refusal_can_be_read_by_who_still_sends)
{
    mirror_host host;
    raw_client client = host.connect();
    client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Length: 40000000\r\n\r\n");
    client.send(std::string(3'000'000, ' '));
    BOOST_TEST(client.read_answer().status == 413U);
}

BOOST_AUTO_TEST_CASE(types_that_nobody_accepts_are_415_with_those_that_are)
{
    mirror_host host;
    for (const char* type : {"image/png", "nonsense", "application/xml"})
    {
        const response answer = host->post("/data", type, "x");
        must_be_problem(answer, 415, "application/json");
        must_be_problem(answer, 415, "text/*");
        BOOST_TEST(has(answer.headers.value("Accept-Post"), "application/x-ndjson"));
    }
    must_be_problem(host->ask("POST", "/data", {}, "{}"), 415, "application/json");
    must_be_problem(host->ask("POST", "/data", typed(json_type, "br"), "{}"), 415, "zstd");
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(a_key_makes_a_repetition_harmless)
{
    mirror_host host;
    const header_fields key{{"Idempotency-Key", "order-7"}};
    const response first = host->post("/data", json_type, R"({"a": 1})", key);
    BOOST_REQUIRE_EQUAL(first.status, 202);
    const response again = host->post("/data", json_type, R"({"a": 1})", key);
    BOOST_TEST(again.status == 202U);
    BOOST_TEST(again.body == first.body);
    must_be_problem(host->post("/data", json_type, R"({"a": 2})", key), 422, "idempotency-key");
    BOOST_TEST(host.settle("mirror").accepted == 1U);
    const response processed = host->post("/data?ack=processed", json_type, R"({"a": 1})", key);
    BOOST_TEST(processed.status == 200U);
    BOOST_TEST(body_of(processed).at("receipt") == body_of(first).at("receipt"));

    // What was refused has used no key up.
    const header_fields other{{"Idempotency-Key", "order-8"}};
    BOOST_TEST(host->post("/data", json_type, "{", other).status == 400U);
    BOOST_TEST(host->post("/data", json_type, "{}", other).status == 202U);
    BOOST_TEST(host.settle("mirror").accepted == 2U);
}

BOOST_AUTO_TEST_CASE(each_part_of_a_form_becomes_a_packet)
{
    mirror_host host;
    const json::array all =
        host.packets("POST", "/data/r", typed(form_type),
                     form({{file_part("a.json", "application/json"), R"({"a": 1})"},
                           {file_part("b.ndjson", "application/octet-stream"), "{\"b\": 1}\n"},
                           {"Content-Disposition: form-data; name=\"note\"", "plain words"}}));
    BOOST_REQUIRE_EQUAL(all.size(), 3);
    std::size_t found = 0;
    for (const json::value& each : all)
    {
        const json::object& meta = each.at("meta").as_object();
        const std::string type = text_of(meta.at("mimetype"));
        const json::value* name = meta.if_contains("filename");
        if (type == json_type)
            found += name != nullptr && *name == "a.json" && each.at("fields").at("a") == 1 &&
                             meta.at("contentlength") == 8
                         ? 1U
                         : 0U;
        else if (type == lines_type)
            found += name != nullptr && *name == "b.ndjson" ? 1U : 0U;
        else if (type == "text/plain")
            found += name == nullptr && each.at("fields").at("text") == "plain words" ? 1U : 0U;
    }
    BOOST_TEST(found == 3U, penstock::write_json(all));
}

BOOST_AUTO_TEST_CASE(one_unacceptable_part_refuses_the_whole_form)
{
    mirror_host host;
    const auto send = [&](const std::string& body)
    { return host->ask("POST", "/data", typed(form_type), body); };
    const std::string good = file_part("a.json", "application/json");
    must_be_problem(send(form({{good, "{}"}, {file_part("b.png", "image/png"), "x"}})), 415,
                    "part 2");
    must_be_problem(send(form({{good, "{}"}, {good, "{"}})), 400, "part 2");
    must_be_problem(send("--seam\r\n" + good + "\r\n\r\n{}"), 400, "");
    must_be_problem(host->ask("POST", "/data", typed("multipart/form-data"), form({{good, "{}"}})),
                    400, "boundary");
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(compressed_bodies_are_read_and_measured_as_they_were_before)
{
    mirror_host host;
    const std::string body = R"({"a": ")" + std::string(3'000, 'x') + "\"}";
    for (const auto& [coding, sent] : std::vector<std::pair<std::string, std::string>>{
             {"gzip", gzipped(body)}, {"deflate", deflated(body, 15)}, {"zstd", zstandard(body)}})
    {
        BOOST_TEST_CONTEXT(coding)
        {
            const json::value packet = host.packet("POST", "/data", typed(json_type, coding), sent);
            BOOST_TEST(packet.at("fields").at("a").as_string().size() == 3'000U);
            BOOST_TEST(packet.at("meta").at("contentlength").to_number<std::size_t>() ==
                       body.size());
            must_be_problem(host->ask("POST", "/data", typed(json_type, coding),
                                      sent.substr(0, sent.size() / 2)),
                            400, "");
            must_be_problem(host->ask("POST", "/data", typed(json_type, coding), "not " + sent),
                            400, "");
        }
    }
    const std::string bomb = gzipped(std::string(40'000'000, ' ') + "{}");
    must_be_problem(host->ask("POST", "/data", typed(json_type, "gzip"), bomb), 413, "");
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_read)
{
    mirror_host host;
    raw_client client = host.connect();
    for (int n = 0; n < 2; ++n)
    {
        const auto answer = client.ask(
            "POST /data?ack=processed HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            "application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n3;x=y\r\n 1}\r\n"
            "0\r\n\r\n");
        BOOST_REQUIRE_EQUAL(answer.status, 200);
        const json::value body = penstock::parse_json(answer.body);
        BOOST_TEST(body.at("packets").at(0).at("fields").at("a").as_int64() == 1);
        BOOST_TEST(body.at("packets").at(0).at("meta").at("contentlength").as_int64() == 8);
    }
}

BOOST_AUTO_TEST_CASE(malformed_lines_do_not_refuse_the_others)
{
    mirror_host host;
    const response answer = host->post("/data?ack=processed", lines_type,
                                       "{\"a\": 1}\n{\"a\": \n[1]\n\n{\"a\": 4}\n1e400\n");
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    const json::value counts = body_of(answer);
    BOOST_TEST(counts.at("delivered").as_int64() == 2);
    BOOST_TEST(counts.at("dead_count").as_int64() == 3);
    const json::array& dead = counts.at("dead").as_array();
    BOOST_REQUIRE_EQUAL(dead.size(), 3);
    for (std::size_t n = 0; n < 3; ++n)
    {
        constexpr const char* lines[] = {"line 2", "line 3", "line 6"};
        BOOST_TEST(has(text_of(dead[n].at("reason")), lines[n]), answer.body);
    }
    BOOST_TEST(host->get("/api/dead-letters?graph=mirror").at("kept").as_int64() == 3);
}

BOOST_AUTO_TEST_CASE(who_is_too_slow_with_a_body_hears_408)
{
    mirror_host host({"--body-time", "200ms"});
    raw_client client = host.connect();
    client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000\r\n\r\n{");
    const auto said = client.read_to_end();
    BOOST_REQUIRE(said.has_value());
    BOOST_TEST(said->starts_with("HTTP/1.1 408 "), *said);
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

BOOST_AUTO_TEST_CASE(a_route_that_takes_no_body_refuses_one_before_it_comes)
{
    mirror_host host;
    for (const char* line : {"GET /livez", "GET /readyz", "GET /", "GET /data", "GET /metrics",
                             "DELETE /data/r/7", "GET /api/graphs", "GET /openapi.json"})
    {
        raw_client client = host.connect();
        client.send(std::string(line) +
                    " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000000\r\n\r\n");
        BOOST_TEST(client.read_answer().status == 400U, line);
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

// As load balancers and kubelets ask: by an address, or without a name.
BOOST_AUTO_TEST_CASE(probes_are_answered_whatever_host_they_name)
{
    mirror_host host;
    for (const std::string path : {"/livez", "/readyz"})
    {
        raw_client client = host.connect();
        client.send("HEAD " + path + " HTTP/1.1\r\nHost: 10.1.2.3:8080\r\n\r\n");
        BOOST_TEST(client.read_answer(true).status == 200U);
        BOOST_TEST(client.ask("GET " + path + " HTTP/1.0\r\n\r\n").status == 200U);
    }
}

BOOST_AUTO_TEST_CASE(foreign_hosts_and_origins_are_refused)
{
    mirror_host host;
    raw_client client = host.connect();
    BOOST_TEST(client.ask("GET /data HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 403U);
    BOOST_TEST(host->post("/data", json_type, "{}", {{"Origin", "https://evil.example"}}).status ==
               403U);
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

// A frame, a form, a link, and an image on another port of this machine.
BOOST_AUTO_TEST_CASE(a_foreign_page_journals_nothing_by_get_and_may_link_to_the_page)
{
    mirror_host host;
    for (const char* site : {"cross-site", "same-site"})
    {
        for (const char* mode : {"navigate", "no-cors"})
        {
            const header_fields from{{"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}};
            for (const char* target :
                 {"/data", "/data/r/7", "/graphs/mirror/data?ack=memory", "/api/graphs"})
                BOOST_TEST(host->ask("GET", target, from).status == 403U, target);
            BOOST_TEST(host->ask("GET", "/livez", from).status == 200U);
            BOOST_TEST((host->ask("GET", "/", from).status == 200U) ==
                       (mode == std::string("navigate")));
        }
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
    BOOST_TEST(host->ask("GET", "/data", {{"Sec-Fetch-Site", "none"}}).status == 202U);
}

BOOST_AUTO_TEST_SUITE_END()
