// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <deque>

namespace fields_package
{

/// Returns a schema whose check would come back to it with the same value, and so never end; nullptr
/// if there is none. [a stack of full size]
[[nodiscard]] const schema* circle_in(const std::deque<schema>& schemas);

} // namespace fields_package
