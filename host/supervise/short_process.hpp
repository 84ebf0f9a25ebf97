// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::supervise
{

/// A program to run, and what it may use.
struct short_process
{
    std::string program;                    ///< a path
    std::vector<std::string> arguments{};   ///< without the program's name
    std::vector<std::string> environment{}; ///< `NAME=value`; nothing else is inherited
    std::chrono::milliseconds time = std::chrono::seconds(10);
    std::size_t output = std::size_t{16} << 20; ///< bytes
};

/// How it ended.
struct short_process_end
{
    enum class kind
    {
        exited,    ///< with `code`
        killed,    ///< by the signal `code`
        timed_out, ///< it was killed for that
        too_long,  ///< its output was; it was killed for that
        not_run    ///< `code` is an errno
    };

    kind how = kind::not_run;
    int code = 0;
    std::string output;
    std::chrono::milliseconds time{};
};

/// Runs a program in a process group of its own, hands it a text on its standard input, and takes
/// what it writes to descriptor 3; its standard output and errors go nowhere. Nothing of it is left
/// when this returns. Blocks. [any thread]
[[nodiscard]] short_process_end run(const short_process& what, std::string_view input);

} // namespace penstock::host::supervise
