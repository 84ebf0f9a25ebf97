// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

namespace penstock::e2e
{

inline constexpr std::string_view json_type = "application/json";

inline constexpr std::string_view lines_type = "application/x-ndjson";

// Answers each packet that comes in, so that a test sees what the door made of a request.
inline std::string mirror()
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

inline void must_be_problem(const response& answer, unsigned status, std::string_view detail)
{
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.headers.value("Content-Type") == "application/problem+json");
    const json::value problem = body_of(answer);
    BOOST_TEST(problem.at("status").to_number<unsigned>() == status);
    BOOST_TEST(!problem.at("type").as_string().empty());
    BOOST_TEST(!problem.at("title").as_string().empty());
    BOOST_TEST(has(text_of(problem.at("detail")), detail), answer.body);
}

inline header_fields typed(std::string_view type, std::string_view coding = {})
{
    header_fields fields{{"Content-Type", std::string(type)}};
    if (!coding.empty())
        fields.push_back({"Content-Encoding", std::string(coding)});
    return fields;
}

inline std::string deflated(std::string_view text, int window)
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

inline std::string gzipped(std::string_view text)
{
    return deflated(text, 15 + 16);
}

} // namespace penstock::e2e
