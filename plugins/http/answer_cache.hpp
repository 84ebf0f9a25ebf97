// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/wait.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>

namespace http_package
{

/// Keeps answers for some time, by what was asked; the oldest go first when there are too many, or
/// when they take too much. [one fiber]
class answer_cache
{
public:
    using clock = std::chrono::steady_clock;

    answer_cache(std::chrono::milliseconds time, std::size_t bytes) : time_(time), most_(bytes) {}

    /// Returns the answer to a question; null if there is none. Valid until the next keep().
    [[nodiscard]] const penstock::json::value* find(const std::string& asked) const
    {
        const auto found = answers_.find(asked);
        const bool is_fresh = found != answers_.end() && penstock::now() < found->second.until;
        return is_fresh ? &found->second.answer : nullptr;
    }

    /// Keeps an answer that takes so many bytes, unless that is more than all may take.
    void keep(const std::string& asked, penstock::json::value answer, std::size_t bytes)
    {
        const std::size_t cost = bytes + asked.size() + overhead;
        if (time_.count() == 0 || cost > most_ || find(asked) != nullptr)
            return;
        forget(asked);
        while (!ages_.empty() && (bytes_ + cost > most_ || is_over(ages_.front())))
        {
            forget(ages_.front());
            ages_.pop_front();
        }
        bytes_ += cost;
        answers_[asked] = {std::move(answer), penstock::now() + time_, cost};
        ages_.push_back(asked);
    }

private:
    static constexpr std::size_t overhead = 256;

    struct kept
    {
        penstock::json::value answer;
        clock::time_point until;
        std::size_t cost;
    };

    [[nodiscard]] bool is_over(const std::string& asked) const { return find(asked) == nullptr; }

    void forget(const std::string& asked)
    {
        const auto found = answers_.find(asked);
        if (found == answers_.end())
            return;
        bytes_ -= found->second.cost;
        answers_.erase(found);
    }

    const std::chrono::milliseconds time_;
    const std::size_t most_;
    std::unordered_map<std::string, kept> answers_;
    std::deque<std::string> ages_; // of what was kept, the oldest first; some of it may be gone
    std::size_t bytes_ = 0;
};

} // namespace http_package
