// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/recording.hpp"
#include "tests/faults/workload.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::faults
{

/// What is known of the records of a workload.
struct knowledge
{
    struct fate
    {
        std::optional<host::issue> given;
        bool kept = false;
        bool refused = false;
        bool ending = false;
    };

    std::vector<fate> fates;
    bool fault = false;    ///< the shim has let a call fail
    std::size_t calls = 0; ///< of the kind that was to fail

    /// Takes in an event, if it is a mark.
    void hear(const event& next);

    /// Takes in the numbers of all of a recording: what a journal has may be more than was known
    /// when it was cut off.
    void hear_numbers(const recording& all);

private:
    void hear_shim(std::string_view text);
};

/// What a journal has, beside what it must have.
struct findings
{
    std::size_t kept = 0;    ///< the worker was told so
    std::size_t lost = 0;    ///< of those
    std::size_t corrupt = 0; ///< other than they were, and the journal does not say so
    std::size_t damaged = 0; ///< the journal says so
    std::string error;       ///< the journal cannot be read
    std::string first;       ///< that is wrong
};

/// Opens the journal of the workload and compares. Does not throw for what the journal is like.
[[nodiscard]] findings inspect(const workload& what, const knowledge& known);

} // namespace penstock::faults
