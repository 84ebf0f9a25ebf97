// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/access.hpp"
#include "host/api/access/failed_tries.hpp"
#include "host/base/problem.hpp"
#include "host/base/spare_descriptor.hpp"
#include "host/net/message.hpp"
#include "host/store/token_file.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// The decision, on a request's header alone, whether its sender may do what it asks for. While no
/// token exists, authorization is disabled; from the first token on it is required for as long as
/// this object lives, whatever becomes of the file. Changes of the file are noticed. While the file
/// cannot be read, no token of it is valid: one that was revoked must not outlive the revocation.
/// [any thread]
class authenticator
{
public:
    /// `hears` is called with later problems, each once: a file that cannot be read, addresses that
    /// guess tokens.
    authenticator(const std::filesystem::path& data, std::function<void(const std::string&)> hears);

    /// Requires a token for every request, even while no token exists.
    void demand_tokens() noexcept { needed_ = true; }

    /// Reads the tokens. Returns what is wrong with their file: then none of them is valid until it
    /// can be read, which is tried again with later requests, five times a second at most.
    [[nodiscard]] std::optional<problem> read();

    /// Grants every scope to one token that stands in no file; empty: to none.
    void admit(std::string_view token);

    [[nodiscard]] bool is_needed() const noexcept { return needed_.load(); }

    /// Returns whether anybody has a token that has not expired.
    [[nodiscard]] bool has_valid_tokens() const;

    /// Returns the refusal of a request: 401 without a valid token, 403 with one that does not
    /// allow it, 429 after too many wrong ones, 503 while the tokens cannot be read. Nothing: it
    /// is.
    [[nodiscard]] std::optional<http::response> objection(const http::request& head, access asked);

    /// Returns whether a request's sender may do a thing; counts and logs nothing.
    [[nodiscard]] bool allows(const http::request& sent, scope wanted);

    /// Returns what stands for the token of a request that was let in: its SHA-256 in hexadecimal
    /// digits. Empty while no token is required.
    [[nodiscard]] std::string sender_of(const http::request& sent) const;

    /// Returns whether a token that was let in still is.
    [[nodiscard]] bool still_allows(const token_hash& token, scope wanted);

private:
    using clock = std::chrono::steady_clock;
    using key_ring = std::vector<token_record>;

    void look_again();
    [[nodiscard]] bool is_due();
    [[nodiscard]] bool is_current(const token_file::stamp& now) const;
    [[nodiscard]] std::optional<problem> read_now();
    [[nodiscard]] bool is_readable() const;
    [[nodiscard]] std::shared_ptr<const key_ring> keys() const;
    [[nodiscard]] std::optional<token_record> holder(const token_hash& hash) const;
    [[nodiscard]] http::response refuse(const http::request& head, std::string_view token);

    const token_file file_;
    const std::function<void(const std::string&)> hears_;
    std::atomic<bool> needed_{false};
    std::atomic<clock::time_point> look_at_{clock::time_point{}};
    failed_tries failed_;

    std::mutex reading_; // held while the file is read, so that what was read last is what counts
    spare_descriptor spare_;
    std::string last_problem_;

    mutable std::mutex mutex_; // guards the rest
    std::shared_ptr<const key_ring> keys_ = std::make_shared<key_ring>();
    key_ring of_this_run_;                  // at most one
    std::optional<token_file::stamp> read_; ///< the state of the file whose tokens are known
};

} // namespace penstock::host::api
