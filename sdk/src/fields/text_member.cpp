// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_member.hpp"

#include "../json/first_marked.hpp"

#include <cstddef>
#include <cstring>
#include <utility>

namespace penstock::detail
{

namespace
{

using members_left = std::span<const text_member>;

bool are_plain(const sixteen_bytes& c) noexcept
{
    return first_marked((c < 0x20) | (c > 0x7E) | (c == '"') | (c == '\\')) == sizeof c;
}

// Copies members that stand one behind the other in the text at once: one by one, they take 110
// instructions each. Returns those that are left.
members_left copy_run(members_left members, std::string_view text, std::string& out)
{
    constexpr std::string_view between =
        ",\""; // nothing else is of that size before a name in place
    const std::uint32_t begin = members.front().name.at - 1;
    std::uint32_t end = members.front().text.at + members.front().text.size;
    for (members = members.subspan(1); !members.empty() && members.front().is_in_place &&
                                       members.front().name.at == end + between.size();
         members = members.subspan(1))
        end = members.front().text.at + members.front().text.size;
    out.append(text, begin, end - begin);
    return members;
}

void write(const text_member& of, std::string_view text, std::string& out)
{
    const std::string_view name = of.name.of(text);
    if (of.is_plain)
    {
        out += '"';
        out += name;
        out += '"';
    }
    else
        write_json(json::value(name), out);
    out += ':';
    if (of.text.size != 0)
        out += of.text.of(text);
    else
        write_json(*of.value, out);
}

} // namespace

bool is_plain(std::string_view text) noexcept
{
    sixteen_bytes bytes;
    for (; text.size() >= sizeof bytes; text.remove_prefix(sizeof bytes))
    {
        std::memcpy(&bytes, text.data(), sizeof bytes);
        if (!are_plain(bytes))
            return false;
    }
    if (text.empty()) // it may be of no memory
        return true;
    bytes = sixteen_bytes{} + ' ';
    std::memcpy(&bytes, text.data(), text.size());
    return are_plain(bytes);
}

void write_members(members_left members, std::string_view text, std::string& out)
{
    const std::size_t before = out.size();
    try
    {
        char next = '{';
        if (members.empty())
            out += next;
        while (!members.empty())
        {
            out += std::exchange(next, ',');
            if (members.front().is_in_place)
                members = copy_run(members, text, out);
            else
            {
                write(members.front(), text, out);
                members = members.subspan(1);
            }
        }
        out += '}';
    }
    catch (...)
    {
        out.resize(before);
        throw;
    }
}

} // namespace penstock::detail
