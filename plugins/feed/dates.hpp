// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace feed_package
{

/// Returns a date of a feed as RFC 3339 has it, in its own zone: one as in RFC 822, with a year of
/// two or four digits and a zone by its name or offset, or one as in ISO 8601, whole or down to the
/// year alone. What it does not tell is the first; a time without a zone is in UTC. Empty if it is
/// none. [any thread]
[[nodiscard]] std::string rfc3339_of(std::string_view date);

} // namespace feed_package
