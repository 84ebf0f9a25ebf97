// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace penstock::faults
{

/// Runs something as if on a machine of its own: with processes, mounts and a network that nobody
/// else has, and that are gone when it returns, or when the calling process ends. It is run in
/// another process. Returns its exit code, or -1 with the reason in `why_not` if that cannot be
/// done here; root can. Throws std::runtime_error if there is no room for another process.
int on_own_machine(const std::function<int()>& run, std::string& why_not);

/// Mounts a disk of so many MiB at a directory, in memory. Throws std::runtime_error.
void mount_small_disk(const std::string& at, unsigned mebibytes);

/// Runs a program to its end, and returns its exit code. Throws std::runtime_error if it cannot be
/// begun or waited for.
int run_program(const std::vector<std::string>& words);

} // namespace penstock::faults
