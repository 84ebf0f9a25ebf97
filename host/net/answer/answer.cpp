// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include "host/net/characters.hpp"
#include "host/net/content/content_coding.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace penstock::host::http
{

using namespace std::string_view_literals;

namespace
{

bool is_sendable(const response& answer)
{
    const auto fits = [](const header_field& field)
    {
        auto at = find_control(field.value, 0);
        while (at < field.value.size() && field.value[at] == '\t')
            at = find_control(field.value, at + 1);
        return is_token(field.name) && at == field.value.size();
    };
    return answer.status >= 200 && answer.status <= 599 &&
           std::ranges::all_of(answer.headers, fits);
}

bool is_compressible(const response& answer)
{
    const auto type = answer.headers.value("Content-Type");
    const bool text = type.starts_with("text/") || type.starts_with("image/svg") ||
                      type.find("json") != std::string_view::npos ||
                      type.find("javascript") != std::string_view::npos ||
                      type.find("xml") != std::string_view::npos;
    return text && !answer.headers.find("Content-Encoding");
}

bool has_no_body(unsigned status)
{
    return status == 204 || status == 304;
}

void add_line(std::string& head, std::string_view name, std::string_view value)
{
    head.append(name).append(": "sv).append(value).append(crlf);
}

} // namespace

// Formats the current second once; a thread answers thousands in it.
std::string_view date_of_answer()
{
    constexpr std::size_t longest = 32;
    thread_local std::time_t second = 0;
    thread_local std::array<char, longest> text{};
    thread_local std::size_t length = 0;
    if (const auto now = std::time(nullptr); now != second)
    {
        std::tm parts{};
        ::gmtime_r(&now, &parts);
        length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        second = now;
    }
    return {text.data(), length};
}

std::string prepare_answer(response& answer, const answer_frame& frame, std::string into)
{
    if (!is_sendable(answer))
    {
        answer = response::problem(500, {}, "the answer cannot be sent");
    }
    const bool empty = has_no_body(answer.status);
    if (!empty && answer.body.size() > frame.compress_from && is_compressible(answer))
    {
        if (frame.gzip)
        {
            answer.body = gzip(answer.body);
            answer.headers.add("Content-Encoding", "gzip");
        }
        answer.headers.add("Vary", "Accept-Encoding");
    }

    constexpr std::size_t usual = 256;
    std::string head = std::move(into);
    head.clear();
    head.reserve(usual);
    head.append("HTTP/1.1 "sv).append(std::to_string(answer.status)).append(" "sv);
    head.append(reason_phrase(answer.status)).append(crlf);
    add_line(head, "Date", date_of_answer());
    for (const std::string_view own :
         {"Content-Length"sv, "Transfer-Encoding"sv, "Connection"sv, "Date"sv})
    {
        if (answer.headers.find(own))
        {
            answer.headers.erase(own);
        }
    }
    head.append(answer.headers.lines());
    if (!empty)
    {
        add_line(head, "Content-Length", std::to_string(answer.body.size()));
    }
    if (!frame.keep_alive)
    {
        add_line(head, "Connection", "close");
    }
    else if (frame.version == 10)
    {
        add_line(head, "Connection", "keep-alive");
    }
    head.append(crlf);
    if (empty || frame.head_only)
    {
        answer.body.clear();
    }
    return head;
}

} // namespace penstock::host::http
