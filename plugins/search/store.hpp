// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace search_package
{

/// Returns the file of a database under the data directory, which PENSTOCK_DATA names. Throws
/// std::invalid_argument when the name or the directory is none. [any thread]
std::string database_file(std::string_view name);

} // namespace search_package
