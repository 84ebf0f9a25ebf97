// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Returns the JSON pointer (RFC 6901) to a member, or an item, of what `pointer` points to.
[[nodiscard]] std::string pointer_to(std::string_view pointer, std::string_view key);
[[nodiscard]] std::string pointer_to(std::string_view pointer, std::size_t index);

/// A place in a JSON value, by the one above it, of which a pointer is made only when there is
/// something to tell. Views the place above and the key, which outlive it.
class json_place
{
public:
    explicit json_place(std::string_view pointer) : key_(pointer) {}
    json_place(const json_place& above, std::string_view key) : above_(&above), key_(key) {}
    json_place(const json_place& above, std::size_t index) : above_(&above), index_(index) {}

    [[nodiscard]] std::string pointer() const;

private:
    const json_place* above_ = nullptr;
    std::string_view key_;
    std::optional<std::size_t> index_;
};

} // namespace penstock::host
