// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// Returns which of a component's inputs, in the order of their declaration, is its entry: the
/// input at which the host offers requests to the component, unless an edge leads there. It is the
/// input `in` of an adapter, wherever it is declared. Nothing for other components, and for an
/// adapter without that input, which edges alone feed.
[[nodiscard]] std::optional<std::size_t> entry_input(category kind,
                                                     const std::vector<std::string>& inputs);

} // namespace penstock::host
