// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace penstock::host
{

/// The memory that all bodies of one kind may take together: those of requests, from their first
/// bytes to their admission, or the answers of one graph, until they are written. [any thread]
class byte_budget
{
public:
    explicit byte_budget(std::size_t most) noexcept : most_{most} {}

    byte_budget(const byte_budget&) = delete;
    byte_budget& operator=(const byte_budget&) = delete;

    /// Returns whether more than half is taken: then slow bodies have to go.
    [[nodiscard]] bool is_short() const noexcept { return taken_ > most_ / 2; }

    /// Sets how much may be taken; what is taken already stays so.
    void set_most(std::size_t most) noexcept { most_ = most; }

    [[nodiscard]] std::size_t most() const noexcept { return most_; }
    [[nodiscard]] std::size_t taken() const noexcept { return taken_; }

private:
    friend class budget_share;

    [[nodiscard]] bool take(std::size_t bytes) noexcept
    {
        const std::size_t most = most_;
        std::size_t before = taken_;
        do
        {
            if (before > most || bytes > most - before)
            {
                return false;
            }
        } while (!taken_.compare_exchange_weak(before, before + bytes));
        return true;
    }

    void give_back(std::size_t bytes) noexcept { taken_ -= bytes; }

    std::atomic<std::size_t> most_;
    std::atomic<std::size_t> taken_ = 0;
};

/// What one body has of a budget; gives it back in the end. One thread at a time.
class budget_share
{
public:
    /// The budget outlives this object.
    explicit budget_share(byte_budget& of) noexcept : budget_{of} {}

    ~budget_share() { budget_.give_back(taken_); }

    budget_share(const budget_share&) = delete;
    budget_share& operator=(const budget_share&) = delete;

    /// Takes so much more; false, and nothing taken, if there is not so much left.
    [[nodiscard]] bool grow(std::size_t bytes) noexcept
    {
        if (!budget_.take(bytes))
        {
            return false;
        }
        taken_ += bytes;
        return true;
    }

private:
    byte_budget& budget_;
    std::size_t taken_ = 0;
};

/// Makes a share that keeps its budget, with nothing taken yet.
[[nodiscard]] inline std::shared_ptr<budget_share> share_of(std::shared_ptr<byte_budget> budget)
{
    struct keeping_share
    {
        explicit keeping_share(std::shared_ptr<byte_budget> of)
            : budget(std::move(of)), share(*budget)
        {
        }

        std::shared_ptr<byte_budget> budget;
        budget_share share; // ends first
    };
    const auto made = std::make_shared<keeping_share>(std::move(budget));
    return {made, &made->share};
}

} // namespace penstock::host
