// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What no component touches comes out byte for byte as it came in. In the long form, with
// PENSTOCK_UNTOUCHED=1000000, so many documents are sent.
#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(untouched)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t documents_a_request = 2'000;

std::size_t number_of_documents()
{
    const char* const text = std::getenv("PENSTOCK_UNTOUCHED");
    return text == nullptr ? 20'000 : std::stoull(text);
}

struct document
{
    std::string text;
    std::string expected; // the line that is written; empty if it is dropped
};

/// Makes the same documents each time. Their values are spelled in ways in which the host would
/// not spell them.
class documents
{
public:
    document next()
    {
        const bool is_dropped = below(50) == 0;
        const std::string name = R"("name":)" + value(0);
        std::vector<std::string> others{R"("essential":)" +
                                        std::string(is_dropped ? "true" : "false")};
        const std::size_t count = below(8);
        for (std::size_t n = 0; n < count; ++n)
            others.push_back("\"field " + std::to_string(n) + "\":" + value(2));
        std::shuffle(others.begin(), others.end(), random_);
        const std::size_t place = below(others.size() + 1);
        document made;
        for (std::size_t n = 0; n <= others.size(); ++n)
        {
            if (n == place)
                made.text += (made.text.empty() ? "{" : ",") + name;
            if (n < others.size())
                made.text += (made.text.empty() ? "{" : ",") + others[n];
        }
        made.text += '}';
        if (is_dropped)
            return made;
        for (const std::string& each : others)
            made.expected += (made.expected.empty() ? "{" : ",") + each;
        made.expected += R"(,"title":)" + name.substr(7) + R"(,"stage":"done"})";
        return made;
    }

private:
    std::string value(unsigned depth)
    {
        static constexpr std::string_view texts[] = {
            R"("")", R"("a b")", R"("\u00e9\/\ud83d\ude00")", R"("\"\\")", "\"\u00e9, {\"",
            "null",  "true"};
        switch (below(depth == 0 ? 4 : 6))
        {
        case 0:
        case 1:
        case 2: return number();
        case 3: return std::string(texts[below(std::size(texts))]);
        case 4: return list('[', ']', "", depth);
        default: return list('{', '}', "key ", depth);
        }
    }

    std::string list(char open, char close, std::string_view key, unsigned depth)
    {
        std::string text(1, open);
        const std::size_t count = below(4);
        for (std::size_t n = 0; n < count; ++n)
        {
            if (n != 0)
                text += ',';
            if (!key.empty())
                text += '"' + std::string(key) + std::to_string(n) + "\":";
            text += value(depth - 1);
        }
        return text + close;
    }

    std::string number()
    {
        std::string text = below(3) == 0 ? "-" : "";
        text += std::to_string((random_() >> below(64)) | 1);
        const std::size_t kind = below(4);
        if (kind == 0) // an integer, perhaps one beyond 64 bits
            return below(8) == 0 ? text + digits(20) : text;
        text += kind == 1 ? "" : '.' + digits(1 + below(18));
        if (kind != 2)
            text += std::string(below(2) == 0 ? "e" : "E") + (below(2) == 0 ? "+" : "-") +
                    digits(1 + below(2));
        return text;
    }

    std::string digits(std::size_t count)
    {
        std::string text;
        while (text.size() < count)
            text += static_cast<char>('0' + below(10));
        return text;
    }

    std::size_t below(std::size_t end) { return random_() % end; }

    std::mt19937_64 random_{20'260'103}; // NOLINT: the same each time
};

std::string ingest(const std::string& out)
{
    return graph("untouched",
                 {{"read", "json/read"},
                  {"rename", "fields/rename", R"({"from": ["name"], "to": ["title"]})"},
                  {"drop", "route/drop", R"({"field": "essential", "values": [true]})"},
                  {"set", "fields/set", R"({"field": "stage", "value": "done"})"},
                  {"keep", "files/write", R"({"path": ")" + out + "\"}"}},
                 {{"read.out", "rename.in"},
                  {"rename.out", "drop.in"},
                  {"drop.out", "set.in"},
                  {"set.out", "keep.in"}});
}

void send(live_host& host, std::size_t count)
{
    documents made;
    while (count > 0)
    {
        const std::size_t now = std::min(count, documents_a_request);
        std::string body;
        for (std::size_t n = 0; n < now; ++n)
            body += made.next().text + '\n';
        const response answer =
            host->post("/data?ack=processed&wait=60s", "application/x-ndjson", body);
        BOOST_REQUIRE_EQUAL(answer.status, 200);
        BOOST_REQUIRE_EQUAL(body_of(answer).at("dead_count").to_number<std::size_t>(), 0U);
        count -= now;
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(documents_come_out_as_they_went_in_but_for_what_is_changed)
{
    const std::size_t count = number_of_documents();
    const scratch home;
    const std::string out = home.at("out.ndjson");
    live_host host(home, {home.write("g.json", ingest(out)), "--lanes", "1"});
    send(host, count);

    std::ifstream lines(out, std::ios::binary);
    documents made;
    std::string line;
    for (std::size_t n = 0; n < count; ++n)
    {
        const document each = made.next();
        if (each.expected.empty())
            continue;
        BOOST_REQUIRE(std::getline(lines, line));
        if (line != each.expected)
            BOOST_FAIL("document " << n << ": " << each.text << " became " << line);
    }
    BOOST_TEST(!std::getline(lines, line));
}

BOOST_AUTO_TEST_SUITE_END()
