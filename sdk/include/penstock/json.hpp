// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace penstock
{

namespace json = boost::json;

class bytes;

/// The error of a text that is not JSON: what is wrong, and where.
class PENSTOCK_EXPORT json_error : public std::runtime_error
{
public:
    /// `line` and `column` count from 1, the latter in characters; `offset` is in bytes from 0.
    json_error(const std::string& what, std::size_t line, std::size_t column, std::size_t offset);

    /// The line, from 1.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }
    /// The character in the line, from 1.
    [[nodiscard]] std::size_t column() const noexcept { return column_; }
    /// The byte in the text, from 0.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t line_;
    std::size_t column_;
    std::size_t offset_;
};

/// What becomes of an integer that does not fit into 64 bits.
enum class big_integer
{
    as_text, ///< a JSON string of its digits
    refuse   ///< a json_error
};

/// What becomes of a key that an object has twice.
enum class duplicate_key
{
    last_wins, ///< the value that comes last
    refuse     ///< a json_error
};

/// What becomes of half a surrogate pair (`"\ud83d"`), and of bytes in a string that are no UTF-8.
enum class invalid_text
{
    refuse,             ///< a json_error
    replace_surrogates, ///< half a pair becomes U+FFFD; bytes that are no UTF-8 are a json_error
    replace             ///< either becomes U+FFFD
};

/// Bounds and choices of one parse. The bounds are those for foreign texts.
struct json_options
{
    /// The bound of what has none: for texts that the same program wrote.
    static constexpr std::size_t unbounded = static_cast<std::size_t>(-1);

    std::size_t depth = 64; ///< of nested arrays and objects, at most

    /// Of one object, at most. If it is bounded, keys whose hashes are equal are refused as well,
    /// once there are many: looking them up would take too long.
    std::size_t members = 65'536;

    std::size_t memory = std::size_t{256}
                         << 20; ///< of the value that is made, at most; in bytes, about

    big_integer big = big_integer::as_text;              ///< integers beyond 64 bits
    duplicate_key duplicates = duplicate_key::last_wins; ///< keys that an object has twice
    invalid_text invalid = invalid_text::refuse;         ///< what no Unicode text can hold
};

/// The options for a text that the same program wrote, from what it let in before.
inline constexpr json_options own_text{
    .depth = 1'000, .members = json_options::unbounded, .memory = json_options::unbounded};

/// Parses one JSON text exactly: each number becomes the double nearest to its text (Boost.JSON
/// 1.81 alone misses that for one random double in five), and a number no double can hold is
/// refused.
///
/// The time it takes grows with the length of the text. [any thread] Throws json_error. RFC 8259; a
/// byte order mark at the begin is passed over.
[[nodiscard]] PENSTOCK_EXPORT json::value parse_json(std::string_view text,
                                                     const json_options& options = {});

/// Checks a text without building a value, in a memory that does not grow with it, so that keys of
/// equal hashes and a value that is too large are not found. [any thread] Throws json_error as
/// parse_json does.
PENSTOCK_EXPORT void check_json(std::string_view text, const json_options& options = {});

/// The same, for a text that is to become a json_text afterwards, perhaps with other options: what
/// was found out stays with the bytes and their copies, and is not looked for again.
PENSTOCK_EXPORT void check_json(bytes& text, const json_options& options = {});

/// Writes a value as compact JSON, each double with the fewest digits that read back as the same
/// double. Bytes of a text that are no UTF-8 become U+FFFD. [any thread] Throws
/// std::invalid_argument for a number that is not finite.
[[nodiscard]] PENSTOCK_EXPORT std::string write_json(const json::value& value);

/// Appends what write_json returns to `out`. [any thread] Throws std::invalid_argument as it does;
/// `out` then has a part of it.
PENSTOCK_EXPORT void write_json(const json::value& value, std::string& out);

/// Appends an object as write_json does, without making a value of it first. [any thread] Throws as
/// it does.
PENSTOCK_EXPORT void write_json(const json::object& object, std::string& out);

} // namespace penstock
