// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/bytes.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>

#include <cstddef>

namespace penstock
{

/// A JSON text that was checked, of which no value was made yet. packet::set_text_fields() makes
/// fields of one that is an object, and their values stay text until somebody asks for them.
///
/// It shares the bytes of the text, or has its own where the options had it repaired. One that was
/// moved from may only be assigned or destroyed. Distinct objects may be used on different threads.
class PENSTOCK_EXPORT json_text
{
public:
    /// Checks a text. [any thread] Throws json_error exactly where parse_json() does.
    explicit json_text(const bytes& text, const json_options& options = {});

    /// The kind of the value; of any number json::kind::double_.
    [[nodiscard]] json::kind kind() const noexcept;

    /// The text, from behind a byte order mark on.
    [[nodiscard]] const bytes& text() const noexcept { return text_; }

    /// Returns one of the values within this one, without a check: `offset` and `count` must be
    /// those of a whole value in text().
    [[nodiscard]] json_text part(std::size_t offset, std::size_t count) const;

private:
    json_text() = default;

    bytes text_;
};

} // namespace penstock
