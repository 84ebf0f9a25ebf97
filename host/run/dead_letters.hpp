// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A packet that could not be processed, with the reason.
struct dead_letter
{
    std::string id; ///< of the letter; set by the store
    std::string graph;
    std::string node;
    std::string component; ///< `package/name@version`
    std::string reason;
    json::object packet;
    std::vector<std::string> receipts;
    std::uint32_t attempts = 1; ///< how often it was tried
    std::chrono::system_clock::time_point time;
};

/// Keeps dead letters in memory until someone drops them, and the newest ones when there are too
/// many. [any thread]
class dead_letters
{
public:
    explicit dead_letters(std::size_t most = 100'000) : most_(most) {}

    /// Keeps a letter and returns its id.
    std::string add(dead_letter letter);

    /// The newest first, up to `count`, of one graph or of all if `graph` is empty.
    [[nodiscard]] std::vector<dead_letter> list(std::string_view graph, std::size_t count) const;
    [[nodiscard]] std::optional<dead_letter> find(std::string_view id) const;

    /// Tells whether there was such a letter.
    bool drop(std::string_view id);

    [[nodiscard]] std::size_t size() const;

    /// How many were let go because there were too many.
    [[nodiscard]] std::uint64_t overflowed() const;

private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::deque<dead_letter> letters_;
    std::uint64_t added_ = 0;
    std::uint64_t overflowed_ = 0;
};

} // namespace penstock::host
