// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "token.hpp"

#include <bit>

namespace msgpack_package
{
namespace
{

/// Takes the bytes of one token from a text.
class token_bytes
{
public:
    token_bytes(std::string_view text, std::size_t offset)
        : text_(text), begin_(offset), at_(offset)
    {
    }

    std::string_view take(std::size_t length)
    {
        if (length > text_.size() - at_)
            throw msgpack_error("the bytes end too early; expected the rest of the value", begin_);
        at_ += length;
        return text_.substr(at_ - length, length);
    }

    /// An integer of so many bytes, the highest first.
    std::uint64_t integer(std::size_t length)
    {
        std::uint64_t number = 0;
        for (const char c : take(length))
            number = number << 8 | static_cast<unsigned char>(c);
        return number;
    }

    std::int64_t signed_integer(std::size_t length)
    {
        const unsigned unused = 64 - 8 * static_cast<unsigned>(length);
        return static_cast<std::int64_t>(integer(length) << unused) >> unused;
    }

    token made(token made) const
    {
        made.size = at_ - begin_;
        return made;
    }

    token text(token_kind kind, std::size_t length)
    {
        return made({.kind = kind, .text = take(length)});
    }

    token extension(std::size_t length)
    {
        const auto type = static_cast<int>(signed_integer(1));
        return made({.kind = token_kind::extension, .type = type, .text = take(length)});
    }

    token unsigned_integer(std::size_t length)
    {
        return made({.kind = token_kind::unsigned_integer, .unsigned_integer = integer(length)});
    }

    token group(token_kind kind, std::size_t length)
    {
        return made({.kind = kind, .count = integer(length)});
    }

private:
    std::string_view text_;
    std::size_t begin_;
    std::size_t at_;
};

// The length of what the lowest bits of a first byte number: 1, 2, 4 or 8 bytes.
std::size_t width(unsigned power)
{
    return std::size_t{1} << power;
}

} // namespace

token read_token(std::string_view bytes, std::size_t offset)
{
    using enum token_kind;
    token_bytes read(bytes, offset);
    const auto first = static_cast<unsigned>(read.integer(1));
    if (first < 0x80)
        return read.made({.kind = unsigned_integer, .unsigned_integer = first});
    if (first < 0x90)
        return read.made({.kind = map, .count = first & 0x0f});
    if (first < 0xa0)
        return read.made({.kind = list, .count = first & 0x0f});
    if (first < 0xc0)
        return read.text(text, first & 0x1f);
    if (first >= 0xe0)
        return read.made(
            {.kind = signed_integer, .signed_integer = static_cast<int>(first) - 0x100});
    switch (first)
    {
    case 0xc0: return read.made({.kind = nil});
    case 0xc2:
    case 0xc3: return read.made({.kind = boolean, .boolean = first == 0xc3});
    case 0xc4:
    case 0xc5:
    case 0xc6: return read.text(binary, read.integer(width(first - 0xc4)));
    case 0xc7:
    case 0xc8:
    case 0xc9: return read.extension(read.integer(width(first - 0xc7)));
    case 0xca:
        return read.made({.kind = number,
                          .number = std::bit_cast<float>(
                              static_cast<std::uint32_t>(read.integer(sizeof(float))))});
    case 0xcb:
        return read.made(
            {.kind = number, .number = std::bit_cast<double>(read.integer(sizeof(double)))});
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf: return read.unsigned_integer(width(first - 0xcc));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
        return read.made(
            {.kind = signed_integer, .signed_integer = read.signed_integer(width(first - 0xd0))});
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8: return read.extension(width(first - 0xd4));
    case 0xd9:
    case 0xda:
    case 0xdb: return read.text(text, read.integer(width(first - 0xd9)));
    case 0xdc:
    case 0xdd: return read.group(list, width(first - 0xdc + 1));
    case 0xde:
    case 0xdf: return read.group(map, width(first - 0xde + 1));
    default: throw msgpack_error("byte 0xc1, which begins no value; expected MessagePack", offset);
    }
}

std::string_view name_of(token_kind kind)
{
    switch (kind)
    {
    case token_kind::nil: return "null";
    case token_kind::boolean: return "a truth value";
    case token_kind::text: return "a text";
    case token_kind::binary: return "bytes";
    case token_kind::extension: return "an extension";
    case token_kind::list: return "a list";
    case token_kind::map: return "a map";
    default: return "a number";
    }
}

} // namespace msgpack_package
