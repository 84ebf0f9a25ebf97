// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <filesystem>
#include <optional>

namespace penstock::host
{

/// Returns why others than root and this user may change or exchange what is at a path without
/// links: it, or a folder above it, belongs to another user, or others may write to it. A folder
/// that others may write to is fine if it is sticky, as /tmp is: what is in it still belongs to its
/// owner.
[[nodiscard]] std::optional<problem> distrust(const std::filesystem::path& real);

/// Returns why packages in a folder cannot be trusted; nothing if they can. A folder that is not
/// there is fine.
[[nodiscard]] std::optional<problem> check_folder(const std::filesystem::path& folder);

} // namespace penstock::host
