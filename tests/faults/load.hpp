// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/tried_host.hpp"
#include "tests/host/net/wire.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace penstock::faults
{

/// Clients that post numbered documents to a host, each on a connection of its own, until told to
/// stop. A request without an answer is not repeated: its number is given up.
class load
{
public:
    struct settings
    {
        std::size_t clients = 8;
        std::string target = "/data?ack=durable";
        std::size_t padding = 100;          ///< bytes of each document, about
        std::chrono::microseconds pause{0}; ///< of a client after each answer
        std::chrono::milliseconds rest_after_refusal{20};
        std::uint64_t first_number = 1;
    };

    load(const tried_host& to, settings with);

    /// Stops.
    ~load();

    void stop();

    /// How many were accepted so far.
    [[nodiscard]] std::size_t accepted() const noexcept { return accepted_.load(); }

    [[nodiscard]] std::size_t unanswered() const noexcept { return unanswered_.load(); }

    /// Answers so far by their status.
    [[nodiscard]] std::map<unsigned, std::size_t> answers() const;

    /// How many refusals came without a Retry-After.
    [[nodiscard]] std::size_t without_retry_after() const noexcept { return without_.load(); }

    /// The longest time between two acceptances.
    [[nodiscard]] std::chrono::milliseconds longest_gap() const;

    /// When the last one was accepted.
    [[nodiscard]] std::chrono::steady_clock::time_point last_accepted() const;

    /// The receipts that were given. After stop().
    [[nodiscard]] const std::vector<std::string>& receipts() const noexcept { return receipts_; }

    /// How long each acceptance took. After stop().
    [[nodiscard]] const std::vector<std::chrono::microseconds>& times() const noexcept
    {
        return times_;
    }

    /// The numbers that were accepted. After stop().
    [[nodiscard]] const std::vector<std::uint64_t>& numbers() const noexcept { return numbers_; }

private:
    using clock = std::chrono::steady_clock;

    void post();
    void hear(std::uint64_t number, clock::time_point sent,
              const host::http::testing::answer& answer);
    void accept(std::uint64_t number, clock::time_point sent, std::string receipt);

    const tried_host& to_;
    const settings with_;
    std::atomic<bool> stops_{false};
    std::atomic<std::uint64_t> next_;
    std::atomic<std::size_t> accepted_{0};
    std::atomic<std::size_t> unanswered_{0};
    std::atomic<std::size_t> without_{0};
    mutable std::mutex mutex_;
    std::vector<std::uint64_t> numbers_;
    std::vector<std::string> receipts_;
    std::vector<std::chrono::microseconds> times_;
    std::map<unsigned, std::size_t> answers_;
    clock::time_point last_ = clock::now();
    clock::duration gap_{0};
    std::vector<std::thread> threads_;
};

/// The receipt that an acceptance names.
[[nodiscard]] std::string receipt_in(std::string_view answer);

/// What became of the accepted numbers.
struct account
{
    std::size_t lost = 0;
    std::size_t duplicates = 0;
    std::size_t other_ids = 0; ///< duplicates with another packet id
};

[[nodiscard]] account settle_account(const std::vector<std::uint64_t>& accepted,
                                     const std::filesystem::path& witness);

} // namespace penstock::faults
