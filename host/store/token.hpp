// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/sha256.hpp"
#include "host/store/scope.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What is kept of a token: enough to know it again, too little to make it.
using token_hash = sha256_digest;

/// What the host knows of a token that was handed out.
struct token_record
{
    std::string name; ///< whose it is
    token_hash hash{};
    scope_set scopes{};
    std::chrono::system_clock::time_point made{};
    std::optional<std::chrono::system_clock::time_point> expires{};

    [[nodiscard]] bool is_expired(std::chrono::system_clock::time_point now) const noexcept
    {
        return expires && *expires <= now;
    }

    friend bool operator==(const token_record&, const token_record&) = default;
};

/// Makes a token of 256 random bits. Throws std::runtime_error when the system has none.
[[nodiscard]] std::string random_token();

/// Returns whether a text could be a token: `pst_` and 32 bytes in base64url.
[[nodiscard]] bool is_token_text(std::string_view text) noexcept;

[[nodiscard]] inline token_hash hash_of(std::string_view token)
{
    return sha256(token);
}

/// Finds the record of a hash, in a time that does not tell how much of it was right; nullptr if
/// there is none.
[[nodiscard]] const token_record* find_token(const std::vector<token_record>& among,
                                             const token_hash& hash) noexcept;

/// Names match `[a-z0-9][a-z0-9_.-]{0,63}`: they stand in logs and on command lines.
[[nodiscard]] bool is_token_name(std::string_view name) noexcept;

} // namespace penstock::host
