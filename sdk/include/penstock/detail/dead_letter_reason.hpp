// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <string>
#include <string_view>

namespace penstock::detail
{

/// The reason of a packet that `node` destroyed without a verb.
[[nodiscard]] PENSTOCK_EXPORT std::string unsaid_reason(std::string_view node);

/// Stands for the reason of a failure for which `node` gave none.
[[nodiscard]] PENSTOCK_EXPORT std::string no_reason(std::string_view node);

/// The reason of a packet that `node` destroyed inside `blocking`.
[[nodiscard]] PENSTOCK_EXPORT std::string outside_reason(std::string_view node);

} // namespace penstock::detail
