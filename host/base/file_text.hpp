// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <string>

namespace penstock::host
{

/// Reads a whole file, of at most 64 MiB: configurations and graphs are small.
[[nodiscard]] boost::system::result<std::string, problem>
read_text(const std::filesystem::path& file);

} // namespace penstock::host
