// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

BOOST_AUTO_TEST_SUITE(many_documents)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr std::size_t documents = 10'000;

std::string make_body(char between, std::string_view before, std::string_view after)
{
    std::string text(before);
    for (std::size_t n = 0; n < documents; ++n)
    {
        if (n > 0)
            text += between;
        text += R"({"n": )" + std::to_string(n) + "}";
    }
    return text.append(after);
}

// One branch drops what has the field, the other passes it on; collate waits for both.
std::string diamond(const std::string& out, const std::string& dropped_field)
{
    return graph("diamond",
                 {{"read", "json/read"},
                  {"drop", "route/drop", R"({"field": ")" + dropped_field + "\"}"},
                  {"pass", "fields/set", R"({"field": "way", "value": "pass"})"},
                  {"both", "route/collate"},
                  {"keep", "files/write", R"({"path": ")" + out + "\"}"}},
                 {{"read.out", "drop.in"},
                  {"read.out", "pass.in"},
                  {"drop.out", "both.in"},
                  {"pass.out", "both.in2"},
                  {"both.out", "keep.in"}});
}

struct sums
{
    std::size_t delivered;
    std::size_t dropped;
    std::size_t lines;
};

sums through(const std::string& dropped_field, std::string_view type, const std::string& body)
{
    const scratch home;
    const std::string out = home.at("out.ndjson");
    live_host host(home, {home.write("g.json", diamond(out, dropped_field))});
    const response answer = host->post("/data?ack=processed&wait=30s", type, body);
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    BOOST_TEST(host.stop().code == 0);
    const json::value counts = body_of(answer);
    const std::string written = read_file(out);
    return {counts.at("delivered").to_number<std::size_t>(),
            counts.at("dropped").to_number<std::size_t>(),
            static_cast<std::size_t>(std::ranges::count(written, '\n'))};
}

} // namespace

BOOST_AUTO_TEST_CASE(one_list_ends_beside_a_branch_that_drops_everything)
{
    const sums got = through("n", "application/json", make_body(',', "[", "]"));
    BOOST_TEST(got.delivered == documents);
    BOOST_TEST(got.dropped == documents);
    BOOST_TEST(got.lines == documents);
}

BOOST_AUTO_TEST_CASE(one_list_ends_when_both_branches_pass)
{
    const sums got = through("absent", "application/json", make_body(',', "[", "]"));
    BOOST_TEST(got.delivered == 2 * documents);
    BOOST_TEST(got.dropped == 0U);
    BOOST_TEST(got.lines == 2 * documents);
}

BOOST_AUTO_TEST_CASE(lines_end_beside_a_branch_that_drops_everything)
{
    const sums got = through("n", "application/x-ndjson", make_body('\n', "", "\n"));
    BOOST_TEST(got.delivered == documents);
    BOOST_TEST(got.dropped == documents);
    BOOST_TEST(got.lines == documents);
}

BOOST_AUTO_TEST_SUITE_END()
