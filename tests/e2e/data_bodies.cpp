// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies that the data routes read.
#include "live_host.hpp"
#include "mirror_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <zstd.h>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

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

} // namespace

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

BOOST_AUTO_TEST_SUITE_END()
