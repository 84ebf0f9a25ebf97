// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace penstock
{

struct json_options;

/// Immutable bytes with shared ownership: a body is passed, journalled and forwarded without a
/// copy.
///
/// Copying an object copies a reference. Distinct objects may be used on different threads, also
/// when they share the same bytes. Nothing suspends; only memory that runs out throws.
class bytes
{
public:
    /// Holds no bytes.
    bytes() = default;

    /// Takes over the text; does not copy it.
    explicit bytes(std::string text)
    {
        auto owner = std::make_shared<const std::string>(std::move(text));
        view_ = *owner;
        owner_ = std::move(owner);
    }

    /// Copies bytes: for a few KiB that is cheaper than an allocation of text of its own.
    [[nodiscard]] PENSTOCK_EXPORT static bytes copy_of(std::string_view text);

    /// Refers to bytes that `owner` keeps alive.
    bytes(std::shared_ptr<const void> owner, std::string_view view)
        : owner_(std::move(owner)), view_(view)
    {
    }

    /// Refers to `count` bytes from `offset` on, clipped to what there is.
    [[nodiscard]] bytes slice(std::size_t offset, std::size_t count) const
    {
        if (offset > view_.size())
            return {};
        return {owner_, view_.substr(offset, count)};
    }

    /// Views the bytes; valid as long as this object or a copy of it lives.
    [[nodiscard]] std::string_view view() const noexcept { return view_; }
    /// The number of bytes.
    [[nodiscard]] std::size_t size() const noexcept { return view_.size(); }
    /// Whether there are no bytes.
    [[nodiscard]] bool empty() const noexcept { return view_.empty(); }

    /// Compares the bytes, not their owners.
    friend bool operator==(const bytes& a, const bytes& b) noexcept { return a.view_ == b.view_; }

private:
    friend class json_text;
    PENSTOCK_EXPORT friend void check_json(bytes& text, const json_options& options);

    std::shared_ptr<const void> owner_;
    std::string_view view_;
    bool is_known_json_ = false; // found by check_json(), to be relied on by json_text
};

} // namespace penstock
