// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem_list.hpp"

#include <string_view>

namespace penstock::host
{

/// Adds a problem for each key that an object of a JSON text has more than once, in the order of
/// the text. The text must be JSON; what comes after a fault, or once the list is full, is not
/// looked at.
void refuse_duplicate_keys(std::string_view text, problem_list& problems);

} // namespace penstock::host
