// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <system_error>

namespace penstock::host
{

/// Gives a folder another name; the folder that has that name, if there is one, takes the first. At
/// once, where the file system can do that. `replaced` tells whether there was one. Blocks.
[[nodiscard]] std::error_code exchange_folders(const std::filesystem::path& made,
                                               const std::filesystem::path& target, bool& replaced);

/// Does the same in steps, for file systems that cannot exchange names, as NFS and FUSE: for a
/// moment no folder has the name. If a step fails, the names are as they were; a folder whose name
/// cannot be given back stays beside, as `.NAME.old`. Blocks.
[[nodiscard]] std::error_code exchange_in_steps(const std::filesystem::path& made,
                                                const std::filesystem::path& target,
                                                bool& replaced);

} // namespace penstock::host
