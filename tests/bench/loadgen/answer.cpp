// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <algorithm>
#include <cstdlib>

namespace penstock::bench
{

namespace
{

constexpr std::string_view head_end = "\r\n\r\n";

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return made;
}

// The length of the whole answer; nothing while it is not known.
std::optional<std::size_t> whole_length(std::string_view received, const std::string& head,
                                        bool closes, bool ended)
{
    constexpr std::string_view length = "\r\ncontent-length:";
    if (const std::size_t at = head.find(length); at != std::string::npos)
        return head.size() + std::strtoul(head.c_str() + at + length.size(), nullptr, 10);
    if (head.find("\r\ntransfer-encoding: chunked") != std::string::npos)
    {
        constexpr std::string_view last = "0\r\n\r\n";
        const std::size_t at = received.find(last, head.size() - 2);
        return at == std::string_view::npos ? std::nullopt
                                            : std::optional<std::size_t>(at + last.size());
    }
    if (!closes)
        return head.size();
    return ended ? std::optional<std::size_t>(received.size()) : std::nullopt;
}

} // namespace

std::optional<answer> take_answer(std::string& received, bool ended)
{
    const std::size_t end = received.find(head_end);
    if (end == std::string::npos)
        return std::nullopt;
    const std::string head = lower(std::string_view(received).substr(0, end + head_end.size()));
    const int status = std::atoi(head.c_str() + std::min<std::size_t>(9, end));
    const bool closes =
        head.find("\r\nconnection: close") != std::string::npos || head.starts_with("http/1.0");
    const auto length = whole_length(received, head, closes, ended);
    if (!length || received.size() < *length)
        return std::nullopt;
    received.erase(0, *length);
    if (status == 100) // the answer comes behind it
        return take_answer(received, ended);
    return answer{status, closes};
}

} // namespace penstock::bench
