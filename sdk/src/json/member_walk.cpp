// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "member_walk.hpp"

#include "first_marked.hpp"
#include "json_scan.hpp"
#include "unescape.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <deque>
#include <vector>

namespace penstock::detail
{

namespace
{

const char* behind_spaces(const char* at, const char* end) noexcept
{
    while (at != end && is_json_space(*at))
        ++at;
    return at;
}

// What ends a number, true, false or null.
bool ends_word(char c) noexcept
{
    return is_json_space(c) || c == ',' || c == '}' || c == ']';
}

// Keys are short: sixteen bytes are looked at at once, and seldom more.
const char* first_quote_or_escape(const char* at, const char* end) noexcept
{
    constexpr std::size_t at_once = sizeof(sixteen_bytes);
    for (; end - at >= static_cast<std::ptrdiff_t>(at_once); at += at_once)
    {
        sixteen_bytes bytes;
        std::memcpy(&bytes, at, at_once);
        const std::size_t first = first_marked((bytes == '"') | (bytes == '\\'));
        if (first != at_once)
            return at + first;
    }
    while (at != end && *at != '"' && *at != '\\')
        ++at;
    return at;
}

std::string_view between(const char* from, const char* to) noexcept
{
    return {from, static_cast<std::size_t>(to - from)};
}

} // namespace

member_walk::member_walk(std::string_view object) noexcept
    : at_(object.data()), end_(object.data() + object.size())
{
    at_ = behind_spaces(at_, end_); // at the brace
}

bool member_walk::next() noexcept
{
    if (at_ == end_)
        return false;
    at_ = behind_spaces(at_ + 1, end_); // behind the brace or comma
    if (at_ == end_ || *at_ != '"')
        return false;
    const char* const key = at_ + 1;
    const char* const first = first_quote_or_escape(key, end_);
    key_has_escapes_ = first != end_ && *first == '\\';
    at_ = key_has_escapes_ || first == end_ ? behind_string(at_, end_) : first + 1;
    key_ = between(key, at_ - 1);
    at_ = behind_spaces(at_, end_); // at the colon
    at_ = behind_spaces(at_ + 1, end_);
    const char* const value = at_;
    at_ = pass_value(at_);
    value_ = between(value, at_);
    at_ = behind_spaces(at_, end_);
    return true;
}

const char* member_walk::pass_value(const char* at) noexcept
{
    is_spaced_ = false;
    has_object_ = false;
    if (*at == '"')
        return behind_string(at, end_);
    if (*at == '{' || *at == '[')
        return pass_brackets(at);
    while (at != end_ && !ends_word(*at))
        ++at;
    return at;
}

const char* member_walk::pass_brackets(const char* at) noexcept
{
    std::size_t open = 0;
    while (at != end_)
    {
        switch (*at)
        {
        case '"': at = behind_string(at, end_); break;
        case '{':
        case '[':
            has_object_ = has_object_ || *at == '{';
            ++open;
            ++at;
            break;
        case '}':
        case ']':
            ++at;
            if (--open == 0)
                return at;
            break;
        case ' ':
        case '\n':
        case '\t':
        case '\r':
            is_spaced_ = true;
            ++at;
            break;
        default: at = next_mark(at, end_);
        }
    }
    return at;
}

bool repeats_key(std::string_view text)
{
    std::vector<std::string_view> keys; // of the objects that are open
    std::vector<std::size_t> objects;   // where the keys of each of them begin
    std::deque<json::string> made;      // keys that had escapes
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end)
    {
        if (*at == '"')
        {
            const char* const begin = at + 1;
            at = behind_string(at, end);
            const std::string_view inside = between(begin, at - 1);
            at = behind_spaces(at, end);
            if (at != end && *at == ':')
                keys.push_back(inside.find('\\') == std::string_view::npos
                                   ? inside
                                   : std::string_view(made.emplace_back(unescaped(inside))));
            continue;
        }
        if (*at == '{')
            objects.push_back(keys.size());
        else if (*at == '}')
        {
            const auto first = keys.begin() + static_cast<std::ptrdiff_t>(objects.back());
            std::sort(first, keys.end());
            if (std::adjacent_find(first, keys.end()) != keys.end())
                return true;
            keys.erase(first, keys.end());
            objects.pop_back();
        }
        ++at;
    }
    return false;
}

} // namespace penstock::detail
