// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <vector>

namespace penstock::host::supervise
{

/// What a process may do no more.
struct confinement
{
    bool files = false; ///< from Linux 5.13 on, where it has Landlock
    bool tcp = false;   ///< from Linux 6.7 on
};

/// Forbids this thread, and the processes and threads that it makes, to make, write, remove, rename
/// or link any file, and to open any that is not below one of `readable`; those may be read and
/// run. Unless `may_connect`, to connect TCP sockets and to bind them, and, from Linux 6.12 on, to
/// connect abstract sockets of processes outside and to signal those. What is open stays open;
/// UDP, and sockets that are files, are not restricted. It cannot be taken back. Returns what the
/// kernel does of that, by Landlock. [a process with one thread]
[[nodiscard]] confinement confine(const std::vector<std::filesystem::path>& readable,
                                  bool may_connect);

} // namespace penstock::host::supervise
