// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "framing.hpp"

#include "characters.hpp"

#include <algorithm>
#include <charconv>

namespace penstock::host::http
{

namespace
{

constexpr std::size_t longest_method = 32;

/// Cuts off what stands before that character, and the character.
std::string_view cut(std::string_view& rest, char end)
{
    const auto at = std::min(rest.find(end), rest.size());
    const auto part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

/// Cuts off a line; the block has no line end but CR LF.
std::string_view cut_line(std::string_view& rest)
{
    const auto line = cut(rest, '\n');
    return line.substr(0, line.size() - std::min<std::size_t>(line.size(), 1));
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

checked<request_head> read_request_line(std::string_view line)
{
    request_head read;
    read.method = cut(line, ' ');
    if (!is_token(read.method) || read.method.size() > longest_method)
    {
        return bad_request("request line: the method is not a token; expected one like GET");
    }
    const auto target = cut(line, ' ');
    read.target = split_target(target);
    const bool is_of_server = read.method == "OPTIONS" && target == "*"; // RFC 9112, 3.2.4
    if (!is_of_server && (!read.target.path_and_query.starts_with('/') ||
                          (!target.starts_with('/') && !is_host(read.target.authority))))
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
    if (line != "HTTP/1.1" && line != "HTTP/1.0")
    {
        return bad_request("request line: unknown version; expected HTTP/1.1");
    }
    read.framed.version = line.back() == '1' ? 11 : 10;
    return read;
}

bool is_token_list(std::string_view value)
{
    bool clean = true;
    each_of_list(value, [&](std::string_view element) { clean = clean && is_token(element); });
    return clean;
}

/// Collects what the fields of one header block say about its message.
class field_check
{
public:
    explicit field_check(const request_head& first) : authority_(first.target.authority)
    {
        found_.version = first.framed.version;
        found_.keep_alive = first.framed.version == 11;
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
            return take_connection(value);
        }
        if (same_token(name, "Proxy-Connection") && !is_token_list(value))
        {
            return bad_request("proxy-connection: not a list; expected one like keep-alive");
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

    checked<void> take_connection(std::string_view value)
    {
        if (!is_token_list(value))
        {
            return bad_request("connection: not a list of options; expected one like close");
        }
        each_of_list(value,
                     [this](std::string_view option)
                     {
                         closes_ = closes_ || same_token(option, "close");
                         found_.keep_alive =
                             !closes_ && (found_.keep_alive || same_token(option, "keep-alive"));
                     });
        return {};
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
    if (target.starts_with('/'))
    {
        return {{}, target};
    }
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

checked<request_head> read_head(std::string_view head, const limits& bounds, header_list& fields)
{
    auto rest = head;
    auto read = read_request_line(cut_line(rest));
    if (read.has_error())
    {
        return read;
    }
    field_check says{*read};
    rest = fields.start(rest);
    for (auto line = cut_line(rest); !line.empty(); line = cut_line(rest))
    {
        if (fields.size() == bounds.header_fields)
        {
            return refusal{431, "header: too many fields; expected at most " +
                                    std::to_string(bounds.header_fields)};
        }
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon);
        // Refuses folded lines too: they start with a space or tab.
        if (colon == std::string_view::npos || !is_token(name))
        {
            return bad_request("header: a line without a field name; expected NAME: VALUE");
        }
        const auto value = trim(line.substr(colon + 1));
        const auto taken = says.take(name, value);
        if (taken.has_error())
        {
            return taken.error();
        }
        fields.mark(name, value);
    }
    if (!rest.empty())
    {
        return bad_request("header: not one block; expected an empty line at its end");
    }
    const auto framed = says.finish();
    if (framed.has_error())
    {
        return framed.error();
    }
    read->framed = *framed;
    return read;
}

} // namespace penstock::host::http
