// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>

#include <signal.h>

namespace penstock::host::cli
{

/// Notes SIGINT, SIGTERM and SIGHUP while it lives, for work that is to be undone in order, and says on
/// the error stream at once that it is; the second of the same kind ends the program. SIGPIPE does
/// nothing meanwhile, and what was ignored before stays so. One at a time. [main thread]
class interruption
{
public:
    interruption();
    ~interruption();
    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

    /// Returns whether one came.
    [[nodiscard]] bool came() const noexcept;

private:
    static constexpr std::array noted{SIGINT, SIGTERM, SIGHUP};

    std::array<struct sigaction, noted.size()> before_{};
    struct sigaction before_of_pipes_
    {
    };
};

} // namespace penstock::host::cli
