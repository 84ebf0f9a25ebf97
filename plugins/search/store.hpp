// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace search_package
{

/// Returns the file of a database under the data directory. Throws std::invalid_argument when the name is
/// none, and std::runtime_error when there is no data directory. [a component's own fiber]
std::string database_file(std::string_view name);

} // namespace search_package
