// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

namespace penstock::detail
{

/// Returns the double nearest to the text of a JSON number; empty if no double can hold it. `near`
/// is another reading of it, right to a few units in the last place.
[[nodiscard]] std::optional<double> exact_double(std::string_view text, double near) noexcept;

} // namespace penstock::detail
