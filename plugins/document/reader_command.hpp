// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>
#include <vector>

namespace document_package
{

/// The standard input of a program, which is a file, by a name that programs can open.
inline constexpr const char* input_file = "/proc/self/fd/0";

/// Returns what is wrong with the value of a parameter that names a program: a text, or a list with
/// arguments of its own. Empty if that can be run; `package` is the one of Debian that has it.
[[nodiscard]] std::string problem_of_command(const penstock::json::value& value,
                                             const std::string& package);

/// Returns what is wrong if a program cannot be run, or nothing.
[[nodiscard]] std::string problem_of_program(const std::string& name, const std::string& package);

/// Returns the program that such a value names, by its path, with its arguments: `usual` ones for a
/// text. Throws std::runtime_error if it cannot be run.
[[nodiscard]] std::vector<std::string> command_of(const penstock::json::value& value,
                                                  const std::vector<std::string>& usual,
                                                  const std::string& package);

} // namespace document_package
