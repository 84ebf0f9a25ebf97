// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/packages/catalogue.hpp"

#include <memory>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// Writes the catalogue as a table, a part for each category.
[[nodiscard]] std::string
catalogue_table(const std::vector<std::shared_ptr<const component_type>>& types);

/// Writes one component as a page: what it is, its ports, its parameters.
[[nodiscard]] std::string component_page(const component_type& type);

/// Writes the type of a parameter for people: `list of text`, `integer, 1 to 64`.
[[nodiscard]] std::string type_text(const json::object& schema);

/// Returns whether a parameter has a default that is worth a word.
[[nodiscard]] bool has_default(const json::object& schema);

} // namespace penstock::host::cli
