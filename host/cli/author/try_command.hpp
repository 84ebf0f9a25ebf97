// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

namespace penstock::host::cli
{

/// `penstock try`, which no help shows: what `POST /api/components/{package}/{name}/try` runs in a
/// process of its own.
///
/// Reads `{"component", "params", "packets", "input", "packages", "memory", "milliseconds"}` from
/// the standard input, takes the limits on itself, and only then loads the package. Writes to
/// descriptor 3 `{"outputs", "failed", "replies", "log", "error"}`, or `{"problems"}`, or
/// `{"unknown"}`.
class try_command final : public command
{
public:
    explicit try_command(CLI::App& program);

    int run() override;
};

} // namespace penstock::host::cli
