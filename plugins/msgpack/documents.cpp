// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "documents.hpp"

#include "token.hpp"

namespace msgpack_package
{
namespace
{

// The length of the value that a text begins with. A list that says it has more elements than there
// are bytes is cut: its count is never worked off.
std::size_t length_of_value(std::string_view text)
{
    std::size_t offset = 0;
    for (std::size_t missing = 1; missing > 0;)
    {
        if (missing > text.size() - offset)
            throw msgpack_error("the bytes end too early; expected the rest of the value", offset);
        const token read = read_token(text, offset);
        offset += read.size;
        missing += read.kind == token_kind::map ? 2 * read.count : read.count;
        --missing;
    }
    return offset;
}

} // namespace

documents documents::of_body(std::string_view body)
{
    return {body, 0};
}

documents documents::of_list(const value_bytes& list)
{
    const std::size_t head = read_token(list.bytes, 0).size;
    return {list.bytes.substr(head), list.offset + head};
}

std::optional<value_bytes> documents::next()
{
    if (rest_.empty())
        return std::nullopt;
    value_bytes found{++number_, offset_, rest_, {}};
    try
    {
        found.bytes = rest_.substr(0, length_of_value(rest_));
    }
    catch (const msgpack_error& error)
    {
        found.wrong = "byte " + std::to_string(error.offset()) + ": " + error.what();
    }
    offset_ += found.bytes.size();
    rest_.remove_prefix(found.bytes.size());
    return found;
}

} // namespace msgpack_package
