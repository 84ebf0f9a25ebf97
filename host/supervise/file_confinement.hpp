// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <vector>

namespace penstock::host::supervise
{

/// Forbids this thread, and the processes and threads that it makes, to make, write, remove or
/// rename any file, and to open any that is not below one of `readable`; those may be read and run.
/// What is open stays open. It cannot be taken back. Returns false where the kernel does not do
/// that: it is Landlock, of Linux 5.13 and later. [a process with one thread]
[[nodiscard]] bool confine_files(const std::vector<std::filesystem::path>& readable);

} // namespace penstock::host::supervise
