// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace msgpack_package
{

/// The error of bytes that are no MessagePack, or not what can be read of it.
class msgpack_error : public std::runtime_error
{
public:
    /// `offset` counts the bytes from 0.
    msgpack_error(const std::string& what, std::size_t offset)
        : std::runtime_error(what), offset_(offset)
    {
    }

    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t offset_;
};

/// What a token says.
enum class token_kind
{
    nil,
    boolean,
    unsigned_integer,
    signed_integer,
    number, ///< of 32 or 64 bits, IEEE 754
    text,
    binary,
    extension,
    list, ///< `count` values follow
    map   ///< `count` pairs of a key and a value follow
};

/// A scalar, or the head of a list or a map. What does not belong to its kind is zero.
struct token
{
    token_kind kind;
    std::size_t size = 0; ///< in bytes, with its text
    bool boolean = false;
    std::uint64_t unsigned_integer = 0;
    std::int64_t signed_integer = 0;
    double number = 0;
    std::size_t count = 0;
    int type = 0;               ///< of an extension
    std::string_view text = {}; ///< the bytes of a text, a binary or an extension
};

/// Reads the token at `offset` of a body, which is below its size, as
/// https://github.com/msgpack/msgpack/blob/master/spec.md has it. [any thread] Throws
/// msgpack_error.
[[nodiscard]] token read_token(std::string_view bytes, std::size_t offset);

/// Returns what people call a value that begins with a token.
[[nodiscard]] std::string_view name_of(token_kind kind);

} // namespace msgpack_package
