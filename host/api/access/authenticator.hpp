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
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace penstock::host::api
{

/// How often the file of tokens is looked at, and for how long what was seen counts.
struct watch_times
{
    std::chrono::milliseconds between_looks = token_file::between_looks;
    std::chrono::milliseconds longest_gap{2'000};
};

/// The decision, on a request's header alone, whether its sender may do what it asks for. While no
/// token exists, authorization is disabled; from the first token on it is required for as long as
/// this object lives, whatever becomes of the file. Changes of the file are noticed by a thread of
/// its own: no request waits for the disk. While the file cannot be read, or the thread has not
/// looked at it for some time, no token of it is valid: one that was revoked must not outlive the
/// revocation. [any thread]
class authenticator
{
public:
    /// `hears` is called with later problems, each once: a file that cannot be read, addresses that
    /// guess tokens.
    authenticator(const std::filesystem::path& data, std::function<void(const std::string&)> hears);

    /// Ends the watch; blocks for a look at hand.
    ~authenticator();
    authenticator(const authenticator&) = delete;
    authenticator& operator=(const authenticator&) = delete;

    /// Looks at the file again and again from now on; once.
    void watch(watch_times how_often = {});

    /// Looks whether the file has changed, and reads it if so, or if it could not be read. Blocks.
    void look();

    /// Requires a token for every request, even while no token exists.
    void demand_tokens() noexcept { needed_ = true; }

    /// Reads the tokens. Returns what is wrong with their file: then none of them is valid until it
    /// can be read, which each look() tries again. Blocks.
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

    void keep_looking(watch_times how_often);
    [[nodiscard]] bool is_current(const token_file::stamp& now) const;
    [[nodiscard]] std::optional<problem> read_now();
    void saw(clock::time_point when);
    [[nodiscard]] bool is_known() const;
    void tell_of_gap();
    [[nodiscard]] std::shared_ptr<const key_ring> keys() const;
    [[nodiscard]] std::optional<token_record> holder(const token_hash& hash) const;
    [[nodiscard]] http::response refuse(const http::request& head, std::string_view token);

    const token_file file_;
    const std::function<void(const std::string&)> hears_;
    std::atomic<bool> needed_{false};
    failed_tries failed_;

    std::mutex reading_; // held while the file is read, so that what was read last is what counts
    spare_descriptor spare_;   // guarded by reading_
    std::string last_problem_; // of the last reading, told; guarded by reading_

    std::mutex watching_; // guards what follows
    std::condition_variable ending_;
    bool ends_ = false;
    std::thread watcher_;

    mutable std::mutex mutex_;                             // guards the rest
    clock::duration longest_gap_ = clock::duration::max(); // without a watch
    clock::time_point seen_at_;                            // the beginning of the last look
    bool has_told_of_gap_ = false;
    std::shared_ptr<const key_ring> keys_ = std::make_shared<key_ring>();
    key_ring of_this_run_;                  // at most one
    std::optional<token_file::stamp> read_; ///< the state of the file whose tokens are known
};

} // namespace penstock::host::api
