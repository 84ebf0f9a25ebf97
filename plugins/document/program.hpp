// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace document_package
{

/// What a program may cost.
struct program_limits
{
    std::chrono::milliseconds time{30'000};
    std::size_t memory = std::size_t{256} << 20; ///< of the program, and of what it writes
};

/// What became of a program that ran to its end.
struct program_result
{
    int status = 0;     ///< as it exited
    std::string output; ///< its standard output
    std::string errors; ///< the begin of its standard error
};

/// The error of a program that a signal or a limit ended: `signal N`, `time limit`, `memory limit`.
class program_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Runs a program, with `input` as its standard input, which is a file, and returns when it has
/// ended. What it left running is ended with it. Throws program_error, and std::system_error if it
/// cannot be run. [any thread; it waits]
[[nodiscard]] program_result run_program(const std::vector<std::string>& command,
                                         std::string_view input, const program_limits& limits);

} // namespace document_package
