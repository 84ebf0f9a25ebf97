// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/json.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::detail
{

/// An object with more members than this is built with an eye on its keys: smaller ones cost little
/// even if all their hashes are equal.
inline constexpr std::size_t wide_object = 1024;

/// Builds a value from the tokens of a text, within a memory. Boost's own stack would put any keys
/// into an object; here those of a wide one whose hashes are equal are noticed, which would take it
/// a time that grows with the square of their number.
class PENSTOCK_EXPORT value_builder
{
public:
    static constexpr bool needs_numbers = true;

    /// `watch_keys`: whether keys of equal hashes are refused.
    value_builder(std::size_t memory, bool watch_keys) : left_(memory), watch_keys_(watch_keys) {}

    /// Ends an array of the last `n` values.
    void array(std::size_t n);

    /// Ends an object of the last `n` keys and values; false if too many of the keys have equal
    /// hashes.
    [[nodiscard]] bool object(std::size_t n);

    /// Adds to the text of the next key or string. One that does not fit is not copied, and stands
    /// there as an empty text: the caller refuses the document by fits().
    void part(std::string_view text)
    {
        charge(text.size());
        if (fits_)
            text_ += text;
    }

    void key(std::string_view text);
    void string(std::string_view text);

    void int64(std::int64_t number) { add(number); }

    void uint64(std::uint64_t number) { add(number); }

    void number(double number) { add(number); }

    void boolean(bool value) { add(value); }

    void null() { add(nullptr); }

    /// Returns whether the values so far fit into the memory.
    [[nodiscard]] bool fits() const noexcept { return fits_; }

    [[nodiscard]] json::value release() { return std::move(values_.back()); }

private:
    void add(json::value value)
    {
        charge(2 * sizeof(json::value)); // here, and while it moves to the array or object it is in
        values_.push_back(std::move(value));
    }

    void charge(std::size_t bytes) noexcept
    {
        fits_ = fits_ && bytes <= left_;
        left_ -= fits_ ? bytes : 0;
    }

    std::deque<json::value> values_; // a vector would take three times the room while it grows
    std::deque<std::string> keys_;
    std::string text_; // the parts of a key or string so far
    std::size_t left_;
    bool fits_ = true;
    bool watch_keys_;
};

} // namespace penstock::detail
