// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/sha256.hpp"
#include "host/engine/engine.hpp"
#include "host/engine/receipt.hpp"
#include "host/net/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace penstock::host::api
{

/// Stands for all of a request that must be the same when it is sent again.
[[nodiscard]] sha256_digest fingerprint(const http::request& of);

/// The name under which a client's key is kept: the graph, the key, and what stands for the token
/// of its sender, whose alone it is; `sender` is empty where no token is required.
[[nodiscard]] std::string key_name(std::string_view graph, std::string_view key,
                                   std::string_view sender);

/// Remembers which `Idempotency-Key` made which receipt, so that a request sent twice enters once.
/// Holds so many keys for so long; the oldest go first. [any thread]
class idempotency
{
public:
    using clock = std::chrono::steady_clock;

    explicit idempotency(std::size_t most = 10'000,
                         std::chrono::seconds window = std::chrono::hours(24));

    enum class key_state
    {
        fresh,       ///< the key is the caller's now: accept() or forget() it
        in_progress, ///< another request with it is not accepted yet
        other_body,  ///< it was used for something else
        repeated     ///< `first` is its receipt
    };

    struct claim
    {
        key_state is = key_state::fresh;
        std::shared_ptr<const receipt> first;
    };

    /// `print` is the request's fingerprint().
    [[nodiscard]] claim take(const std::string& key, const sha256_digest& print,
                             clock::time_point now = clock::now());

    /// Remembers the receipt of a key that was fresh.
    void accept(const std::string& key, std::shared_ptr<const receipt> made);

    /// Gives up a key that was fresh: its request was refused.
    void forget(const std::string& key);

private:
    struct use
    {
        sha256_digest print{};
        std::uint64_t number = 0;
        std::shared_ptr<const receipt> made; // null while in progress
    };

    struct age
    {
        std::string key;
        std::uint64_t number; // tells a key that was given up and taken again
        clock::time_point since;
    };

    void expire(clock::time_point now);

    const std::size_t most_;
    const std::chrono::seconds window_;
    std::mutex mutex_;
    std::unordered_map<std::string, use> uses_;
    std::deque<age> in_order_;
    std::uint64_t taken_ = 0;
};

/// Asks the journal about a sender's key that is fresh in memory: it may be older, or of an earlier
/// run. Without it, the key of this name counts that was kept when no token was required: that is
/// nobody's, so only the request that made it finds it. Throws journal_error. Blocks.
[[nodiscard]] idempotency::claim used_before(engine& graphs, const std::string& name,
                                             const std::string& name_without_sender,
                                             const sha256_digest& print);

} // namespace penstock::host::api
