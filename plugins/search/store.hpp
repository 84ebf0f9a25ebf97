// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// Adds why a parameter names no database. [any thread]
void check_database(const penstock::parameter<std::string>& name, penstock::problems& found);

/// Adds why a parameter, unless it is empty, names no place in packets. [any thread]
void check_place(const penstock::parameter<std::string>& name, penstock::problems& found);

/// Adds why a list names no fields: an empty name, one twice, or more than `most`. [any thread]
void check_names(const penstock::parameter<std::vector<std::string>>& names, std::size_t most,
                 penstock::problems& found);

/// Returns the file of a database under the data directory. Throws std::runtime_error when there is
/// no data directory. [a component's own fiber]
std::string database_file(std::string_view name);

} // namespace search_package
