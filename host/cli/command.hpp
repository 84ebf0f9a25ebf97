// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <span>

namespace CLI
{
class App;
} // namespace CLI

namespace penstock::host::cli
{

/// What the program tells its caller when it ends.
enum exit_code : int
{
    fine = 0,
    failure = 1, ///< or findings
    misuse = 2   ///< wrong usage
};

/// One verb of the program: declares its arguments when it is made, and works when it is chosen.
class command
{
public:
    /// `verb` outlives the command.
    explicit command(CLI::App& verb) : verb_(verb) {}

    command(const command&) = delete;
    command& operator=(const command&) = delete;
    virtual ~command() = default;

    /// Does the work and returns the exit code of the program. Throws std::exception for what ends
    /// the program with a failure and its text.
    virtual int run() = 0;

    [[nodiscard]] const CLI::App& verb() const noexcept { return verb_; }

private:
    CLI::App& verb_;
};

/// Parses the command line and runs the command that it chooses; prints help and errors. Returns
/// the exit code.
int run_chosen(CLI::App& program, std::span<command* const> commands, int argc, char** argv);

/// Writes a problem to the error stream, on a line of its own, and returns `code`; but `misuse` if
/// the problem is at an option, `--to`.
int complain(const problem& problem, int code = failure);

} // namespace penstock::host::cli
