// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// What a token may let its bearer do.
enum class scope : unsigned
{
    ingest, ///< send data and questions into graphs
    read,   ///< look at everything: graphs, receipts, dead letters, packets as they pass
    deploy, ///< change what runs
    admin   ///< all of that, and what cannot be undone
};

inline constexpr std::array all_scopes{scope::ingest, scope::read, scope::deploy, scope::admin};

[[nodiscard]] std::string_view name_of(scope one) noexcept;
[[nodiscard]] std::optional<scope> parse_scope(std::string_view name) noexcept;

/// Some scopes together; `admin` stands for all of them.
class scope_set
{
public:
    constexpr void add(scope one) noexcept { bits_ |= bit(one); }

    [[nodiscard]] constexpr bool has(scope one) const noexcept { return (bits_ & bit(one)) != 0; }

    [[nodiscard]] constexpr bool allows(scope wanted) const noexcept
    {
        return has(wanted) || has(scope::admin);
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }

    friend constexpr bool operator==(scope_set, scope_set) noexcept = default;

private:
    static constexpr unsigned bit(scope one) noexcept { return 1U << static_cast<unsigned>(one); }

    unsigned bits_ = 0;
};

/// Lists names: `ingest, read`.
[[nodiscard]] std::string to_string(scope_set scopes);

} // namespace penstock::host
