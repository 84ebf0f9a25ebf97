// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace penstock::detail
{

/// Walks over the members of an object. The text must be valid JSON (RFC 8259): nothing is checked,
/// and nothing but brackets, quotes and spaces is looked at. [any thread]
class member_walk
{
public:
    /// `object` may have spaces around its braces.
    explicit member_walk(std::string_view object) noexcept;

    /// Goes to the next member; false behind the last one.
    [[nodiscard]] bool next() noexcept;

    /// The text between the quotes of its key, escapes as they stand.
    [[nodiscard]] std::string_view key() const noexcept { return key_; }

    /// Whether there are escapes in it.
    [[nodiscard]] bool key_has_escapes() const noexcept { return key_has_escapes_; }

    /// The text of its value.
    [[nodiscard]] std::string_view value() const noexcept { return value_; }

    /// Whether the value is an array or object with spaces between its parts.
    [[nodiscard]] bool is_spaced() const noexcept { return is_spaced_; }

    /// Whether the value has an object in it, or is one.
    [[nodiscard]] bool has_object() const noexcept { return has_object_; }

private:
    const char* pass_brackets(const char* at) noexcept;
    const char* pass_value(const char* at) noexcept;

    const char* at_;
    const char* end_;
    std::string_view key_;
    std::string_view value_;
    bool key_has_escapes_ = false;
    bool is_spaced_ = false;
    bool has_object_ = false;
};

/// Returns whether an object within a valid JSON text has a key twice. [any thread]
[[nodiscard]] bool repeats_key(std::string_view text);

} // namespace penstock::detail
