// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"

namespace penstock::host
{

/// One descriptor held back, for a file that has to be opened when all others are used up.
/// [any thread, one at a time]
class spare_descriptor
{
public:
    /// The time in which the descriptor is free for use; it is held back again afterwards. Another
    /// thread may take it meanwhile: what the loan is for can fail all the same.
    class loan
    {
    public:
        explicit loan(spare_descriptor& of) noexcept : of_(of) { of_.held_.close(); }
        ~loan() { of_.hold(); }
        loan(const loan&) = delete;
        loan& operator=(const loan&) = delete;

    private:
        spare_descriptor& of_;
    };

    spare_descriptor() { hold(); }

    /// Returns whether a descriptor is held back at the moment: not while it is lent, nor after
    /// another thread took it.
    [[nodiscard]] bool is_held() const noexcept { return held_.is_open(); }

private:
    void hold() noexcept;

    descriptor held_;
};

} // namespace penstock::host
