// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/reference.hpp"

#include <filesystem>
#include <vector>

namespace penstock::host
{

/// Finds what references stand for: environment variables, and secrets, which are files of that
/// name in the first of the folders that has one. A file that others may read is no secret.
[[nodiscard]] resolver make_resolver(std::vector<std::filesystem::path> folders);

/// What a host with this data directory finds: in the environment, in the folder of systemd's
/// credentials ($CREDENTIALS_DIRECTORY), and in the folder `secrets` of the directory.
[[nodiscard]] resolver host_resolver(const std::filesystem::path& data);

} // namespace penstock::host
