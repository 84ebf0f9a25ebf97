// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>

namespace penstock::detail
{

/// About how many bytes a value takes as JSON.
[[nodiscard]] inline std::uint64_t bytes_of(const json::value& value) noexcept;

/// About how many bytes the names and values of an object take as JSON.
[[nodiscard]] inline std::uint64_t bytes_of(const json::object& object) noexcept
{
    std::uint64_t bytes = 0;
    for (const auto& [name, value] : object)
        bytes += name.size() + bytes_of(value);
    return bytes;
}

inline std::uint64_t bytes_of(const json::value& value) noexcept
{
    constexpr std::uint64_t bytes_of_a_scalar = 8;
    std::uint64_t bytes = bytes_of_a_scalar;
    if (const json::string* text = value.if_string())
        bytes += text->size();
    else if (const json::array* list = value.if_array())
        for (const json::value& each : *list)
            bytes += bytes_of(each);
    else if (const json::object* object = value.if_object())
        bytes += bytes_of(*object);
    return bytes;
}

} // namespace penstock::detail
