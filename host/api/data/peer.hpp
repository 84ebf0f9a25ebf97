// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/background_pool.hpp"
#include "host/net/client.hpp"
#include "host/net/handler.hpp"
#include "host/net/peer_address.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// The header field that makes a host answer for its own receipts alone, so that no question goes on
/// from host to host. Its value is the number of the host that sends it, in question and answer.
inline constexpr std::string_view peer_field = "Penstock-Peer";

/// How the peers of a host are asked.
struct peer_limits
{
    std::chrono::milliseconds wait = std::chrono::seconds(2); ///< for an answer, in all
    http::client_identity who{};

    /// Called with a sentence when a peer cannot be asked any more, and when it answers again. Must
    /// not block. [any thread]
    std::function<void(std::string_view)> warn{};
};

/// What came of the questions to a peer.
struct peer_counts
{
    std::uint64_t asked = 0;
    std::uint64_t failed = 0; ///< those without an answer that the client could use
    double seconds = 0;       ///< that all of them took
};

/// Another host, which is asked for its receipts on two threads of its own, with a third that watches
/// the time: what it does not answer keeps nobody from asking others. At most 64 questions wait for
/// the two. [any thread]
class peer
{
public:
    /// `asking` is the number of the host that asks.
    peer(http::peer_address address, std::uint64_t asking, peer_limits limits);

    [[nodiscard]] std::uint64_t number() const noexcept { return address_.number; }

    /// Passes on what the peer answers about a receipt; 503 if there is no answer by the limit.
    void ask(const std::string& receipt, const http::reply& give);

    [[nodiscard]] peer_counts counts() const noexcept;

    /// As those of background_pool.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);
    void leave_behind();

private:
    struct question;
    struct outcome;

    background_pool& line();
    [[nodiscard]] background_pool* line_begun();
    void answer(const std::shared_ptr<question>& of);
    [[nodiscard]] std::string no_answer() const;
    [[nodiscard]] outcome given_up(const question& of) const;
    [[nodiscard]] outcome exchange(const question& of);
    [[nodiscard]] outcome judge(http::response answer) const;
    void settle(question& of, outcome what);
    void note(const std::string& failure);
    [[nodiscard]] std::unique_ptr<http::client> take_client();
    void keep_client(std::unique_ptr<http::client> used);

    const http::peer_address address_;
    const std::uint64_t asking_;
    const peer_limits limits_;
    std::atomic<std::uint64_t> asked_ = 0;
    std::atomic<std::uint64_t> failed_ = 0;
    std::atomic<std::uint64_t> micros_ = 0;
    std::mutex mutex_; // guards what follows
    bool is_away_ = false;
    std::vector<std::unique_ptr<http::client>> idle_;
    std::unique_ptr<background_pool> line_; // made by the first question; ends first
};

} // namespace penstock::host::api
