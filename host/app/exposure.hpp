// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/settings.hpp"

#include <filesystem>
#include <vector>

namespace penstock::host
{

/// Returns whether others than this machine can reach the address of these settings.
[[nodiscard]] bool is_exposed(const settings& wanted);

/// Finds what keeps a host from listening where these settings say: whatever others can reach wants
/// tokens, in that data directory, and TLS.
[[nodiscard]] std::vector<problem> refuse_exposure(const settings& wanted,
                                                   const std::filesystem::path& data);

} // namespace penstock::host
