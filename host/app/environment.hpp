// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The variable that names the configuration file, as `run --config` does.
inline constexpr const char* configuration_variable = "PENSTOCK_CONFIG";

/// The settings that the environment of this process has, by key. One whose variable is empty is not
/// set. [any thread, while none changes the environment]
[[nodiscard]] std::map<std::string, std::string> settings_of_environment();

/// The texts of a variable that is a list: `a,b`, or `["a", "b"]` where texts have commas. Nothing if
/// it begins as the latter and is none.
[[nodiscard]] std::optional<std::vector<std::string>> list_in(std::string_view text);

/// Tells of variables whose names begin as those of settings do and that mean nothing, with the
/// nearest that does. Those that Kubernetes sets for a service of the name `penstock` are passed over.
/// [any thread, while none changes the environment]
[[nodiscard]] std::vector<problem> unknown_variables();

} // namespace penstock::host
