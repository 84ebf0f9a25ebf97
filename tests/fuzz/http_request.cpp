// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests on a connection: where they end, their heads, their bodies with a length or in chunks.

#include "target.hpp"

#include "host/net/reader.hpp"

#include "tests/host/net/beast_reading.hpp"

namespace penstock::fuzz
{

namespace
{

using namespace host::http;
using testing::told_head;

limits small_limits()
{
    limits bounds;
    bounds.header = 2048;
    bounds.header_fields = 16;
    bounds.body = 4096;
    return bounds;
}

std::string told(const request& read)
{
    std::string text = read.method + ' ' + read.target + (read.head_only ? " HEAD" : "");
    for (const header_field each : read.headers)
        text.append("\n").append(each.name).append(": ").append(each.value);
    return text + "\n\n" + read.body + '\n';
}

// What is read when the bytes come in pieces of that size: each request, and how it ended.
std::string told(std::string_view input, std::size_t piece, const limits& bounds)
{
    reader requests(bounds);
    std::string text;
    std::string waiting;
    std::size_t seen = 0;
    bool in_body = false;
    while (!input.empty())
    {
        waiting += input.substr(0, piece);
        input.remove_prefix(std::min(piece, input.size()));
        for (bool moved = true; moved;)
        {
            moved = false;
            if (!in_body)
            {
                const auto end = requests.take_head(waiting, seen);
                seen = waiting.size();
                if (end.has_error())
                    return text + "refused";
                if (!*end)
                    continue;
                hold(**end <= waiting.size(), "a head ends where something has come");
                hold(told_head::by_beast(std::string_view(waiting).substr(0, **end)) ==
                         told_head(requests).text(),
                     "a head is read as Beast reads it");
                waiting.erase(0, **end);
                in_body = moved = true;
            }
            const auto used = requests.read_body(waiting);
            if (used.has_error())
                return text + "refused";
            hold(*used <= waiting.size(), "no more is used than has come");
            hold(requests.current().body.size() <= bounds.body, "a body keeps to its limit");
            waiting.erase(0, *used);
            moved = moved || *used > 0;
            if (requests.complete())
            {
                text += told(requests.current());
                in_body = false;
                seen = 0;
                moved = !waiting.empty();
            }
        }
    }
    return text + (in_body ? "in a body" : "");
}

// The requests, without whether a body goes on or is refused.
std::string_view without_end(std::string_view text)
{
    for (const std::string_view end : {"refused", "in a body"})
        if (text.ends_with(end))
            return text.substr(0, text.size() - end.size());
    return text;
}

// Whether two readings tell the same. A bad chunk may be refused later where it comes in pieces:
// until there is more of it than its line end, it could go on.
bool is_alike(std::string_view one, std::string_view other)
{
    const std::string_view requests = without_end(one);
    return one == other || (requests == without_end(other) && requests.size() < one.size() &&
                            requests.size() < other.size());
}

} // namespace

std::vector<std::string> seeds()
{
    const std::string host = "Host: localhost\r\n";
    return {
        "GET /data/q/a%20b?ack=processed&wait=10s HTTP/1.1\r\n" + host + "\r\n",
        "POST /data HTTP/1.1\r\n" + host +
            "Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}GET / "
            "HTTP/1.1\r\n" +
            host + "\r\n",
        "PUT /data/r/1 HTTP/1.1\r\n" + host +
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
        "PUT /d HTTP/1.1\r\n" + host +
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n015213570\r\n",
        "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n" + host + "\r\n",
        "POST /a HTTP/1.1\r\nContent-Length: 12\r\n" + host +
            "\r\nhello, worldPOST /a HTTP/1.1\r\nContent-Length: 05\r\n" + host +
            "\r\nhelloPOST /a HTTP/1.1\r\nContent-Length: 00\r\n" + host + "\r\n",
        "POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n"};
}

void try_input(std::string_view input)
{
    const limits bounds = small_limits();
    const std::string whole = told(input, input.size() + 1, bounds);
    hold(is_alike(told(input, 1, bounds), whole),
         "what is read does not depend on how it comes: bytes");
    hold(is_alike(told(input, 7, bounds), whole),
         "what is read does not depend on how it comes: pieces");
}

} // namespace penstock::fuzz
