// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace penstock::faults
{

/// Clients of a balancer at 127.0.0.1, each with documents for a key of its own, of which it sends
/// the next one when the one before was answered. Each second one asks for
/// `?ack=replicated`, and each second one sends an `Idempotency-Key`. A request without an answer is
/// not repeated: its number is given up.
class keyed_load
{
public:
    keyed_load(std::uint16_t port, std::size_t clients, std::chrono::milliseconds pause);
    ~keyed_load();

    void stop();

    [[nodiscard]] std::size_t accepted() const noexcept { return accepted_.load(); }

    /// Begins a look at the times without an acceptance, and returns the longest one since, with the
    /// one that lasts.
    void begin_look();
    [[nodiscard]] std::chrono::milliseconds longest_gap() const;

    struct acceptance
    {
        std::uint64_t number;
        std::string receipt;
        std::chrono::steady_clock::time_point at;
        bool is_replicated; ///< as `Penstock-Durability` said
    };

    /// What was accepted, of each key in the order of the answers. After stop().
    [[nodiscard]] const std::vector<std::vector<acceptance>>& by_key() const noexcept
    {
        return by_key_;
    }

    /// How many answers to `?ack=replicated` were 202 and said something else than `replicated`.
    [[nodiscard]] std::size_t untrue() const noexcept { return untrue_.load(); }

    /// Answers so far by their status; 0: none came.
    [[nodiscard]] std::map<unsigned, std::size_t> answers() const;

private:
    using clock = std::chrono::steady_clock;

    void post(std::size_t key);
    void accept(std::size_t key, acceptance made);

    const std::uint16_t port_;
    const std::chrono::milliseconds pause_;
    std::atomic<bool> stops_{false};
    std::atomic<std::size_t> accepted_{0};
    std::atomic<std::size_t> untrue_{0};
    mutable std::mutex mutex_;
    std::map<unsigned, std::size_t> answers_;
    clock::time_point last_ = clock::now();
    clock::duration gap_{0};
    std::vector<std::vector<acceptance>> by_key_;
    std::vector<std::thread> threads_;
};

/// What became of accepted documents, as the witness tells.
struct keyed_account
{
    std::size_t accepted = 0;
    std::size_t replicated = 0;
    std::size_t lost = 0;
    std::size_t duplicates = 0;
    std::size_t other_ids = 0;    ///< duplicates with another packet id
    std::size_t out_of_order = 0; ///< came before one of the same key that was accepted earlier
    std::size_t excused = 0;      ///< the same, in a part where order is not promised
};

/// A part of the witness, in bytes.
struct witness_part
{
    std::uintmax_t begin;
    std::uintmax_t end;
};

/// Compares what was accepted with what has come, each document by when it came first; `unordered`
/// are the parts of the witness in which the order of a key is not promised. Throws
/// std::runtime_error if the witness is damaged.
[[nodiscard]] keyed_account settle_account(const keyed_load& of,
                                           const std::filesystem::path& witness,
                                           const std::vector<witness_part>& unordered);

} // namespace penstock::faults
