// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/description.hpp>
#include <penstock/export.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace penstock
{

class parameter_base;

/// The list of what component::check() finds wrong with the parameters of one instance.
///
/// A text reads `what is wrong; what was expected`: one line, lower case, no full stop. Texts are
/// copied. Nothing suspends. [one thread]
class PENSTOCK_EXPORT problems
{
public:
    /// Adds what is wrong with one parameter, given as the member or by its name.
    void add(const parameter_base& parameter, std::string_view text);
    /// The same by name. A JSON pointer (RFC 6901) behind the name says where in the parameter's
    /// value it is: `routes/1/when`.
    void add(std::string_view parameter, std::string_view text);

    /// Adds what is wrong with the parameters as a whole.
    void add(std::string_view text);

    /// Whether nothing was added.
    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }

    /// Returns what was added, in order, and forgets it.
    [[nodiscard]] std::vector<parameter_problem> take() noexcept
    {
        return std::exchange(list_, {});
    }

private:
    std::vector<parameter_problem> list_;
};

} // namespace penstock
