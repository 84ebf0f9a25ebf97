// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host
{

/// Collects what is wrong with one thing: the first problems, each cut to what people read. Who
/// looks for problems stops when the list is full, so that nonsense costs no more than a mistake.
class problem_list
{
public:
    static constexpr std::size_t most = 100; ///< problems
    static constexpr std::size_t longest =
        1024; ///< bytes of a pointer, a message, what was expected

    /// Adds a problem, unless the list is full.
    void add(std::string pointer, std::string message, std::string expected);

    [[nodiscard]] bool is_full() const noexcept { return kept_.size() == most; }
    [[nodiscard]] bool empty() const noexcept { return kept_.empty(); }
    [[nodiscard]] const problem& front() const { return kept_.front(); }

    /// Returns the problems. The last one of a full list tells that there may be more.
    [[nodiscard]] std::vector<problem> take() &&;

private:
    std::vector<problem> kept_;
};

} // namespace penstock::host
