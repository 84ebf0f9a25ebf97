// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/catalogue.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// What files of documentation say, or should say.
using pages = std::map<std::filesystem::path, std::string>;

/// Makes the reference: a page NAME.md for each package, and README.md, which lists all components.
[[nodiscard]] pages reference_pages(catalogue& components);

/// Fills the marks of a text: what stands between the lines `<!-- penstock inspect ID -->` and
/// `<!-- end of ID -->` becomes the documentation of that component, or of all components of that
/// package. Adds a problem for each mark that cannot be filled, and for a text without any.
[[nodiscard]] std::string with_documentation(const std::string& text, catalogue& components,
                                             const std::string& where,
                                             std::vector<problem>& problems);

} // namespace penstock::host::cli
