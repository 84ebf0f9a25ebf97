// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace lua
{

/// The error of a text that is no pattern, or of a match that is nested too deep.
class pattern_error final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The greatest number of captures of a pattern, as in Lua's own library.
inline constexpr std::size_t most_captures = 32;

/// What an element of a pattern matches.
enum class pattern_kind : std::uint8_t
{
    one,      ///< a byte of the set
    open,     ///< the begin of a capture
    position, ///< an empty capture
    close,    ///< the end of the innermost capture that is open
    back,     ///< what the capture `first` found
    balance,  ///< from the byte `first` to the `second` that balances it
    frontier, ///< between a byte that is not of the set and one that is
    end       ///< the end of the subject
};

/// How often it does.
enum class pattern_repeat : std::uint8_t
{
    once,
    maybe, ///< `?`
    any,   ///< `*`
    some,  ///< `+`
    fewest ///< `-`
};

/// One element of a pattern.
struct pattern_item
{
    pattern_kind kind;
    pattern_repeat repeat;
    unsigned char first;
    unsigned char second;
    std::bitset<256> set;
};

/// A pattern of Lua in a form that is matched. A view of items that the caller has room for.
struct pattern
{
    const pattern_item* items = nullptr;
    std::size_t size = 0;
    bool anchored = false; ///< it began with `^`
};

/// Reads a pattern: Lua 5.4 Reference Manual, §6.4.1, with the character classes of ASCII. `items`
/// has room for as many items as the text has bytes. Throws pattern_error.
[[nodiscard]] pattern read_pattern(std::string_view text, pattern_item* items);

} // namespace lua
