// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <compare>
#include <string_view>

namespace penstock::host
{

/// Compares versions part by part, between dots: numbers by value and before all else, other texts
/// by their letters; 1.9 is before 1.10, 1.2 before 1.2.0, and 1.0 before 1.0-beta.
[[nodiscard]] std::weak_ordering compare_versions(std::string_view a, std::string_view b) noexcept;

/// Returns whether `version` is `pinned` or refines it: 1.2.7 refines 1.2, 1.20 does not.
[[nodiscard]] bool satisfies(std::string_view version, std::string_view pinned) noexcept;

/// Returns whether a version can be part of a file's name: 1 to 64 letters, digits and `.+~_-`,
/// with a letter or digit first.
[[nodiscard]] bool is_version(std::string_view text) noexcept;

} // namespace penstock::host
