// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/store/scope.hpp"

#include <optional>

namespace penstock::host::api
{

/// The authorization that a route requires once there are tokens. It has no default: a new route
/// that does not state its own does not compile.
class access
{
public:
    constexpr access(scope needed) noexcept
        : needed_(needed) {} // NOLINT: reads as .needs = scope::read

    /// No token is required.
    [[nodiscard]] static constexpr access open() noexcept { return access(std::nullopt); }

    [[nodiscard]] constexpr std::optional<scope> needed() const noexcept { return needed_; }

private:
    constexpr explicit access(std::nullopt_t) noexcept {}

    std::optional<scope> needed_;
};

} // namespace penstock::host::api
