// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies of several parts; the first line of an input is the media type of the rest.

#include "target.hpp"

#include "host/net/content/multipart.hpp"

#include <functional>

namespace penstock::fuzz
{

namespace
{

using namespace host::http;

bool lies_within(std::string_view part, std::string_view whole)
{
    const std::less_equal<> before;
    return part.empty() || (before(whole.data(), part.data()) &&
                            before(part.data() + part.size(), whole.data() + whole.size()));
}

} // namespace

std::vector<std::string> seeds()
{
    return {"multipart/form-data; boundary=b\n"
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"c:\\\\d\\\\e.json\"\r\n"
            "Content-Type: application/json\r\n\r\n{\"a\": 1}\r\n"
            "--b\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n--b--\r\n",
            "multipart/form-data; boundary=\"a b'\"\n"
            "--a b'\r\nContent-Disposition: form-data; name=n\r\n\r\n--a b\r\n--a b'--",
            "multipart/mixed; boundary=b\n"
            "preamble\r\n--b \r\nContent-Transfer-Encoding:\r\n base64\r\n\r\naGk=\r\n--b--\r\nend",
            "text/html; charset=\"utf-8\\\"\"; q=1\n"};
}

void try_input(std::string_view input)
{
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::optional<media_type> type = parse_media_type(input.substr(0, line));
    input.remove_prefix(std::min(line + 1, input.size()));
    if (!type)
        return;
    hold(type->matches("*/*") && type->matches(type->essence), "a type matches itself");
    limits bounds;
    bounds.parts = 8;
    const auto parts = parse_multipart(*type, input, bounds);
    if (parts.has_error())
        return;
    hold(parts->size() <= bounds.parts, "there are no more parts than the limit");
    for (const part& each : *parts)
    {
        hold(lies_within(each.content, input), "a part lies within the body");
        hold(!each.name.empty() || type->subtype() != "form-data", "each field has a name");
        const auto decoded = decode_transfer(each.encoding, each.content);
        hold(!decoded || decoded->size() <= each.content.size(), "decoding makes nothing longer");
        hold(each.filename.find_first_of("/\\") == std::string::npos, "a file has no folder");
    }
}

} // namespace penstock::fuzz
