// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/store/scope.hpp"

#include <optional>

namespace penstock::host::api
{

/// What a route asks of its callers once there are tokens. Has no default: whoever adds a route
/// says who may use it, or the route does not compile.
class access
{
public:
    constexpr access(scope needed) noexcept
        : needed_(needed) {} // NOLINT: reads as .needs = scope::read

    /// Everybody may, without a token.
    [[nodiscard]] static constexpr access open() noexcept { return access(std::nullopt); }

    [[nodiscard]] constexpr std::optional<scope> needed() const noexcept { return needed_; }

private:
    constexpr explicit access(std::nullopt_t) noexcept {}

    std::optional<scope> needed_;
};

} // namespace penstock::host::api
