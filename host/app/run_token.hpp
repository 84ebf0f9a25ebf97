// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/shared_memory.hpp"

#include <string>

namespace penstock::host
{

/// Returns the token that opens the editor for this run of the host: made when it is first asked
/// for, the same for the workers that come after a crash, in memory only. Throws
/// std::runtime_error.
[[nodiscard]] std::string run_token(supervise::shared_head& memory);

/// Returns that token if it was made already, else an empty text.
[[nodiscard]] std::string made_run_token(const supervise::shared_head& memory);

/// Prints the editor's address with that token, if a person at a terminal reads what the host says.
void show_editor(const std::string& url, const std::string& token);

} // namespace penstock::host
