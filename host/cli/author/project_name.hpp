// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <optional>
#include <string_view>

namespace penstock::host::cli
{

inline constexpr std::size_t longest_project_name = 64;

/// Returns why a project cannot have this name; nothing if it can. The name becomes a file, a CMake
/// target, a package, a component and a C++ class, so it has to be good for all of them.
[[nodiscard]] std::optional<problem> refuse_name(std::string_view name);

} // namespace penstock::host::cli
