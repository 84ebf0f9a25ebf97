// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/api/api.hpp"
#include "host/app/settings.hpp"

#include <string>

namespace penstock::host
{

/// The options of the API of a host, which logs its troubles. `watchers` and `authentication`
/// outlive the API.
[[nodiscard]] api::api_options api_options_of(const settings& all, const std::string& default_graph,
                                              api::live_log& watchers,
                                              api::authenticator& authentication);

} // namespace penstock::host
