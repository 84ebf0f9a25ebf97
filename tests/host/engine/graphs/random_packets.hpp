// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/sdk.hpp>

#include <cstdint>
#include <string_view>

namespace penstock::host::tests
{

// The packets of random graphs: a request and a value each.

[[nodiscard]] std::uint64_t number_in(const packet& from, std::string_view field);

/// Returns the same packet with another value.
[[nodiscard]] packet with_value(packet&& of, std::uint64_t value);

[[nodiscard]] packet child_of(const packet& parent, std::uint64_t value);

/// As the model sorts them.
void sort_by_value(batch& packets);

/// Makes one packet of two; that one of them failed is seen by the next node that sorts.
[[nodiscard]] packet joined(packet&& one, packet&& other);

} // namespace penstock::host::tests
