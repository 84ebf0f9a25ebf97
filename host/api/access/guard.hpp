// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/access.hpp"
#include "host/api/access/failed_tries.hpp"
#include "host/base/problem.hpp"
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

/// Decides, on a request's header alone, whether its sender may do what it asks for. Everybody may
/// everything until there are tokens; from then on they are needed for as long as this object lives,
/// whatever becomes of their file. Notices by itself when that changes. [any thread]
class guard
{
public:
    /// `hears` is told what goes wrong later: a file that cannot be read, addresses that guess.
    guard(const std::filesystem::path& data, std::function<void(const std::string&)> hears);

    /// Lets nobody in without a token, even if there are none.
    void demand_tokens() noexcept { needed_ = true; }

    /// Reads the tokens; says what is wrong with their file, and goes on with what was known.
    [[nodiscard]] std::optional<problem> read();

    /// Lets in, for everything, who has this token, which stands in no file; empty: nobody.
    void admit(std::string_view token);

    [[nodiscard]] bool is_needed() const noexcept { return needed_.load(); }

    /// Tells whether anybody has a token that has not expired.
    [[nodiscard]] bool has_valid_tokens() const;

    /// Says why a request is not let in: 401 without a valid token, 403 with one that does not allow
    /// it, 429 after too many wrong ones. Nothing: it is.
    [[nodiscard]] std::optional<http::response> objection(const http::request& head, access asked);

    /// Tells whether a request's sender may do a thing; counts and logs nothing.
    [[nodiscard]] bool allows(const http::request& sent, scope wanted);

    /// Tells whether a token that was let in still is.
    [[nodiscard]] bool still_allows(const token_hash& token, scope wanted);

private:
    using clock = std::chrono::steady_clock;
    using key_ring = std::vector<token_record>;

    void look_again();
    [[nodiscard]] std::shared_ptr<const key_ring> keys() const;
    [[nodiscard]] std::optional<token_record> holder(const token_hash& hash) const;
    [[nodiscard]] http::response refuse(const http::request& head, std::string_view token);

    const token_file file_;
    const std::function<void(const std::string&)> hears_;
    std::atomic<bool> needed_{false};
    std::atomic<clock::time_point> look_at_{clock::time_point{}};
    failed_tries failed_;

    mutable std::mutex mutex_; // guards the rest
    std::shared_ptr<const key_ring> keys_ = std::make_shared<key_ring>();
    key_ring of_this_run_; // at most one
    token_file::stamp seen_;
};

} // namespace penstock::host::api
