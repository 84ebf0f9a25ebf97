// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http::testing
{

struct bad_head
{
    std::string_view what;
    std::string head;
    unsigned status = 400;
};

/// Header blocks that two parsers could read differently, or that no client sends on purpose. Each
/// is complete as far as its sender is concerned; bytes behind it must never be answered.
inline std::vector<bad_head> ambiguous_heads()
{
    const auto post = [](std::string fields)
    { return "POST /data HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n"; };
    const auto line = [](std::string request_line)
    { return request_line + "\r\nHost: localhost\r\n\r\n"; };
    return {
        {"both length and coding", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")},
        {"both coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")},
        {"two equal lengths", post("Content-Length: 4\r\nContent-Length: 4\r\n")},
        {"two lengths", post("Content-Length: 4\r\nContent-Length: 5\r\n")},
        {"list of equal lengths", post("Content-Length: 4, 4\r\n")},
        {"list of lengths", post("Content-Length: 4, 5\r\n")},
        {"length with a plus", post("Content-Length: +4\r\n")},
        {"length with a minus", post("Content-Length: -4\r\n")},
        {"hexadecimal length", post("Content-Length: 0x4\r\n")},
        {"length in exponent form", post("Content-Length: 1e1\r\n")},
        {"fractional length", post("Content-Length: 4.0\r\n")},
        {"empty length", post("Content-Length:\r\n")},
        {"length of words", post("Content-Length: four\r\n")},
        {"length with a space inside", post("Content-Length: 1 0\r\n")},
        {"length beyond 64 bits", post("Content-Length: 18446744073709551620\r\n")},
        {"length that wraps around", post("Content-Length: 18446744073709551616\r\n")},
        {"length with an underscore", post("Content_Length: 4\r\n")},
        {"coding with an underscore", post("Transfer_Encoding: chunked\r\n")},
        {"unknown coding", post("Transfer-Encoding: xchunked\r\n")},
        {"coding in another case", post("Transfer-Encoding: Chunked\r\n")},
        {"chunked, then identity", post("Transfer-Encoding: chunked, identity\r\n")},
        {"identity, then chunked", post("Transfer-Encoding: identity, chunked\r\n")},
        {"identity", post("Transfer-Encoding: identity\r\n")},
        {"gzip, then chunked", post("Transfer-Encoding: gzip, chunked\r\n")},
        {"chunked twice in a list", post("Transfer-Encoding: chunked, chunked\r\n")},
        {"chunked in two fields",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        {"codings in two fields",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")},
        {"empty coding", post("Transfer-Encoding:\r\n")},
        {"quoted coding", post("Transfer-Encoding: \"chunked\"\r\n")},
        {"coding with a parameter", post("Transfer-Encoding: chunked;q=1\r\n")},
        {"coding behind a vertical tab", post("Transfer-Encoding: \vchunked\r\n")},
        {"coding behind a form feed", post("Transfer-Encoding:\fchunked\r\n")},
        {"space before the colon of a coding", post("Transfer-Encoding : chunked\r\n")},
        {"tab before the colon of a length", post("Content-Length\t: 4\r\n")},
        {"space before a field", post(" Content-Length: 4\r\n")},
        {"folded coding", post("Transfer-Encoding:\r\n chunked\r\n")},
        {"folded length", post("Content-Length: 1\r\n\t0\r\n")},
        {"folded first line", "POST /data HTTP/1.1\r\n Host: localhost\r\nHost: localhost\r\n\r\n"},
        {"folded other field", post("X-Note: a\r\n b\r\n")},
        {"bare line feed behind a field", post("X-Note: a\nContent-Length: 4\r\n")},
        {"bare line feeds throughout", "GET / HTTP/1.1\nHost: localhost\n\n"},
        {"bare line feed at the end", "GET / HTTP/1.1\r\nHost: localhost\r\n\n"},
        {"bare carriage return in a value", post("X-Note: a\rContent-Length: 4\r\n")},
        {"doubled carriage return", post("X-Note: a\r\r\n")},
        {"NUL in a value", post(std::string("X-Note: a\0b\r\n", 13))},
        {"NUL in a name", post(std::string("X\0Note: a\r\n", 11))},
        {"delete character in a value", post("X-Note: a\x7f\r\n")},
        {"field without a colon", post("Content-Length\r\n")},
        {"field without a name", post(": 4\r\n")},
        {"name in brackets", post("[Content-Length]: 4\r\n")},
        {"name that is not ASCII", post("C\xc3\xb6ntent: 4\r\n")},
        {"no host", "GET / HTTP/1.1\r\n\r\n"},
        {"two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"},
        {"two different hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n"},
        {"list of hosts", "GET / HTTP/1.1\r\nHost: localhost, other\r\n\r\n"},
        {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
        {"host with a path", "GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n"},
        {"host with a user", "GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n"},
        {"space before the colon of the host", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"},
        {"absolute target of another host", line("GET http://other/ HTTP/1.1")},
        {"absolute target of another port", line("GET http://localhost:81/ HTTP/1.1")},
        {"absolute target of another scheme", line("GET ftp://localhost/ HTTP/1.1")},
        {"absolute target without a host", line("GET http:///data HTTP/1.1")},
        {"absolute target with a user", line("GET http://a@localhost/ HTTP/1.1")},
        {"absolute target without a path", line("GET http://localhost?x HTTP/1.1")},
        {"target without a slash", line("GET data HTTP/1.1")},
        {"asterisk target of a method that has none", line("GET * HTTP/1.1")},
        {"asterisk target with a query", line("OPTIONS *?x HTTP/1.1")},
        {"authority target", line("CONNECT localhost:80 HTTP/1.1")},
        {"fragment in the target", line("GET /#x HTTP/1.1")},
        {"target that is not ASCII", line("GET /\xc3\xb6 HTTP/1.1")},
        {"space in the target", line("GET /a b HTTP/1.1")},
        {"tab in the target", line("GET /a\tb HTTP/1.1")},
        {"two spaces in the request line", line("GET  / HTTP/1.1")},
        {"space behind the version", line("GET / HTTP/1.1 ")},
        {"no version", line("GET /")},
        {"empty version", line("GET / ")},
        {"version 0.9", line("GET / HTTP/0.9")},
        {"version 1.2", line("GET / HTTP/1.2")},
        {"version 2.0", line("GET / HTTP/2.0")},
        {"version 1.10", line("GET / HTTP/1.10")},
        {"version in lower case", line("GET / http/1.1")},
        {"other protocol", line("GET / HTTPS/1.1")},
        {"preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"start of a TLS handshake", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 9)},
        {"method that is no token", line("G(E)T / HTTP/1.1")},
        {"empty method", line(" / HTTP/1.1")},
        {"long method", line(std::string(33, 'A') + " / HTTP/1.1")},
        {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"bare line feed first", "\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"chunked in the old version",
         "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"unknown expectation", post("Expect: 200-ok\r\nContent-Length: 4\r\n"), 417},
        {"two expectations",
         post("Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 4\r\n"), 417},
        {"broken escape", line("GET /%zz HTTP/1.1")},
        {"cut escape", line("GET /%4 HTTP/1.1")},
        {"encoded NUL", line("GET /a%00b HTTP/1.1")},
        {"encoded bytes that are not UTF-8", line("GET /%ff HTTP/1.1")},
        {"dot segment", line("GET /data/../api HTTP/1.1")},
        {"encoded dot segment", line("GET /data/%2e%2e/api HTTP/1.1")},
        {"broken escape in the query", line("GET /?a=%g1 HTTP/1.1")},
        {"too many fields",
         [&post]
         {
             std::string fields;
             for (int i = 0; i < 64; ++i)
             {
                 fields += "X-" + std::to_string(i) + ": 1\r\n";
             }
             return post(fields);
         }(),
         431},
        {"header that is too large", post("X-Note: " + std::string(8192, 'a') + "\r\n"), 431},
    };
}

} // namespace penstock::host::http::testing
