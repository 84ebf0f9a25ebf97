// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "framing.hpp"

#include "characters.hpp"
#include "message.hpp"

#include <algorithm>
#include <charconv>

namespace penstock::host::http
{

namespace
{

constexpr std::size_t longest_method = 32;
constexpr std::size_t longest_length = 19; // 19 digits always fit 64 bits

std::string_view cut(std::string_view& rest, std::string_view end)
{
    const auto at = rest.find(end);
    const auto line = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
    return line;
}

bool is_host(std::string_view value)
{
    return !value.empty() && std::ranges::all_of(value,
                                                 [](char c)
                                                 {
                                                     return is_letter(c) || is_digit(c) ||
                                                            c == '.' || c == '-' || c == '_' ||
                                                            c == ':' || c == '[' || c == ']';
                                                 });
}

struct request_line
{
    unsigned version;
    std::string_view authority; // of an absolute target
};

checked<request_line> check_request_line(std::string_view line)
{
    const auto method = cut(line, " ");
    if (!is_token(method) || method.size() > longest_method)
    {
        return bad_request("request line: the method is not a token; expected one like GET");
    }
    const auto target = cut(line, " ");
    const auto parts = split_target(target);
    const bool is_of_server = method == "OPTIONS" && target == "*"; // RFC 9112, 3.2.4
    if (!is_of_server && (!parts.path_and_query.starts_with('/') ||
                          (!target.starts_with('/') && !is_host(parts.authority))))
    {
        return bad_request("request line: the target is not a path; expected one that starts with "
                           "/, or http://HOST and a path");
    }
    // Controls and spaces are cut out above; what is not ASCII must be percent-encoded, and a
    // fragment never travels.
    if (std::ranges::any_of(target, [](char c) { return c <= ' ' || c >= 0x7f || c == '#'; }))
    {
        return bad_request("request line: the target has a character that must be percent-encoded");
    }
    if (line == "HTTP/1.1")
    {
        return request_line{11, parts.authority};
    }
    if (line == "HTTP/1.0")
    {
        return request_line{10, parts.authority};
    }
    return bad_request("request line: unknown version; expected HTTP/1.1");
}

/// Collects what the fields of one header block say about its message.
class field_check
{
public:
    explicit field_check(request_line first) : authority_(first.authority)
    {
        found_.version = first.version;
        found_.keep_alive = first.version == 11;
    }

    checked<void> take(std::string_view name, std::string_view value)
    {
        if (same_token(name, "Host"))
        {
            return take_host(value);
        }
        if (same_token(name, "Content-Length"))
        {
            return take_length(value);
        }
        if (same_token(name, "Transfer-Encoding"))
        {
            return take_coding(value);
        }
        if (same_token(name, "Expect"))
        {
            return take_expect(value);
        }
        if (same_token(name, "Connection"))
        {
            take_connection(value);
        }
        // Gateways in front may fold an underscore into the hyphen and see another message.
        if (same_token(name, "Content_Length") || same_token(name, "Transfer_Encoding"))
        {
            return bad_request("header: an underscore in a framing field; expected a hyphen");
        }
        return {};
    }

    checked<framing> finish() const
    {
        if (!host_ && found_.version == 11)
        {
            return bad_request("host: missing; expected exactly one");
        }
        if (found_.chunked && found_.content_length)
        {
            return bad_request(
                "header: both content-length and transfer-encoding; expected one of them");
        }
        if (found_.chunked && found_.version == 10)
        {
            return bad_request("transfer-encoding: sent with HTTP/1.0; expected HTTP/1.1");
        }
        return found_;
    }

private:
    checked<void> take_host(std::string_view value)
    {
        if (host_)
        {
            return bad_request("host: sent twice; expected exactly one");
        }
        if (!is_host(value))
        {
            return bad_request("host: not a host; expected NAME or NAME:PORT");
        }
        if (!authority_.empty() && !same_token(value, authority_))
        {
            return bad_request("host: not the one of the target; expected the same");
        }
        host_ = true;
        return {};
    }

    checked<void> take_length(std::string_view value)
    {
        if (found_.content_length)
        {
            return bad_request("content-length: sent twice; expected at most one");
        }
        if (value.empty() || value.size() > longest_length || !std::ranges::all_of(value, is_digit))
        {
            return bad_request("content-length: not a length; expected 1 to 19 digits");
        }
        std::uint64_t length = 0;
        std::from_chars(value.data(), value.data() + value.size(), length);
        found_.content_length = length;
        return {};
    }

    checked<void> take_coding(std::string_view value)
    {
        // Not even another case of the word: some peers compare it exactly.
        if (found_.chunked || value != "chunked")
        {
            return bad_request("transfer-encoding: not understood; expected exactly one, chunked");
        }
        found_.chunked = true;
        return {};
    }

    checked<void> take_expect(std::string_view value)
    {
        if (found_.expects_continue || !same_token(value, "100-continue"))
        {
            return refusal{417, "expect: unknown expectation; expected 100-continue"};
        }
        found_.expects_continue = true;
        return {};
    }

    void take_connection(std::string_view value)
    {
        each_of_list(value,
                     [this](std::string_view option)
                     {
                         closes_ = closes_ || same_token(option, "close");
                         found_.keep_alive =
                             !closes_ && (found_.keep_alive || same_token(option, "keep-alive"));
                     });
    }

    framing found_;
    std::string_view authority_;
    bool host_ = false;
    bool closes_ = false;
};

} // namespace

checked<std::optional<std::size_t>> end_of_head(std::string_view received, std::size_t seen,
                                                const limits& bounds)
{
    // Three bytes back: the empty line may have been cut by the last read.
    for (auto at = seen - std::min<std::size_t>(seen, 3); at < received.size(); ++at)
    {
        if (at == 0 || received[at - 1] != '\r')
        {
            at = find_control(received, at);
            if (at == received.size())
            {
                break;
            }
        }
        const char c = received[at];
        if (c == '\n')
        {
            if (at == 0 || received[at - 1] != '\r')
            {
                return bad_request("header: a bare line feed; expected CR LF");
            }
            if (at == 1)
            {
                return bad_request("request line: empty; expected a method");
            }
            if (at >= 3 && received.substr(at - 3, 2) == crlf)
            {
                if (at + 1 > bounds.header)
                {
                    break;
                }
                return at + 1;
            }
        }
        else if (at > 0 && received[at - 1] == '\r')
        {
            return bad_request("header: a bare carriage return; expected CR LF");
        }
        else if (is_control(c) && c != '\r' && c != '\t')
        {
            return bad_request("header: a control character; expected text");
        }
    }
    if (received.size() >= bounds.header)
    {
        return refusal{431, "header: over its limit; expected at most " +
                                std::to_string(bounds.header) + " bytes"};
    }
    return std::nullopt;
}

target_parts split_target(std::string_view target) noexcept
{
    for (const std::string_view scheme : {"http://", "https://"})
    {
        if (same_token(target.substr(0, scheme.size()), scheme))
        {
            const auto rest = target.substr(scheme.size());
            const auto end = rest.find_first_of("/?");
            return {rest.substr(0, end), end == std::string_view::npos ? "/" : rest.substr(end)};
        }
    }
    return {{}, target};
}

checked<framing> check_framing(std::string_view head, const limits& bounds)
{
    const auto end = end_of_head(head, 0, bounds);
    if (end.has_error())
    {
        return end.error();
    }
    if (*end != head.size())
    {
        return bad_request("header: not one block; expected an empty line at its end");
    }
    const auto first = check_request_line(cut(head, crlf));
    if (first.has_error())
    {
        return first.error();
    }
    field_check fields{*first};
    std::size_t count = 0;
    for (auto line = cut(head, crlf); !line.empty(); line = cut(head, crlf))
    {
        if (++count > bounds.header_fields)
        {
            return refusal{431, "header: too many fields; expected at most " +
                                    std::to_string(bounds.header_fields)};
        }
        const auto colon = line.find(':');
        // Refuses folded lines too: they start with a space or tab.
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        {
            return bad_request("header: a line without a field name; expected NAME: VALUE");
        }
        const auto taken = fields.take(line.substr(0, colon), trim(line.substr(colon + 1)));
        if (taken.has_error())
        {
            return taken.error();
        }
    }
    return fields.finish();
}

} // namespace penstock::host::http
