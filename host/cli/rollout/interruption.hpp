// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace penstock::host::cli
{

/// Notes SIGINT and SIGTERM while it lives, for work that is to be undone in order; the second of
/// the same kind ends the program. One at a time. [main thread]
class interruption
{
public:
    interruption();
    ~interruption();
    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

    /// Returns whether one came.
    [[nodiscard]] bool came() const noexcept;
};

} // namespace penstock::host::cli
