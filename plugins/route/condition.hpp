// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../lua/expressions.hpp"

#include <penstock/sdk.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace route_package
{

/// The parameter `when`, an expression that a component may be given.
class condition_parameter
{
public:
    condition_parameter(penstock::component& owner, std::string_view help)
        : when(owner, "when", std::nullopt, help, penstock::example{"price > 100 and not sold"})
    {
    }

    [[nodiscard]] bool is_given() const { return when->has_value(); }

    /// Adds what is wrong with it.
    void check(penstock::problems& found) const
    {
        if (is_given())
            lua::check_expression(found, when.name(), **when);
    }

    /// Compiles it. In start(). Suspends.
    void start(const lua::limits& limits)
    {
        if (!is_given())
            return;
        compiled_.emplace(std::vector<std::string>{"when"}, std::vector<std::string>{**when},
                          limits);
        compiled_->start();
    }

    /// Whether it is true for a packet; it is given. Throws lua::error.
    [[nodiscard]] bool is_true(const penstock::packet& packet)
    {
        const lua::looked_at now(*compiled_, packet);
        return compiled_->is_true(0);
    }

private:
    penstock::parameter<std::optional<std::string>> when;
    std::optional<lua::expressions> compiled_;
};

} // namespace route_package
