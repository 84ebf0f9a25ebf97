// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/bench.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

// An upstream of a test's own, a source that reads from it, and graphs of both.

inline constexpr retry_policy two_attempts{.attempts = 2, .backoff = 1ms, .max_backoff = 4ms};

/// An upstream with the numbers from 0 on, which remembers up to where it may forget.
class upstream
{
public:
    explicit upstream(std::int64_t count) : count_(count) {}

    /// The next number from `from` on; nothing at the end. Throws while it is away.
    std::optional<std::int64_t> read(std::int64_t from)
    {
        if (++reads_ % loses_read_ == 0 || is_away_)
            throw unavailable("the upstream is away");
        if (from >= count_)
            return std::nullopt;
        read_.add(std::to_string(from));
        return from;
    }

    void connect()
    {
        connects_.add("");
        if (is_away_)
            throw std::runtime_error("refused"); // whatever it is
    }

    void acknowledge(const std::vector<json::value>& positions)
    {
        const int calls = ++acknowledges_;
        if (is_away_ || calls % loses_acknowledge_ == 0)
            throw unavailable("the upstream is away");
        if (calls % fails_acknowledge_ == 0)
            throw std::runtime_error("not now");
        low_water_ = positions.back().as_int64() + 1; // first: who waits for the others reads it
        for (const json::value& each : positions)
            acknowledged_.add(write_json(each));
    }

    /// Makes one of so many calls throw: `unavailable`, or something else. Before the first.
    void lose_reads(int every) { loses_read_ = every; }
    void lose_acknowledgements(int every) { loses_acknowledge_ = every; }
    void fail_acknowledgements(int every) { fails_acknowledge_ = every; }

    /// Has the source refuse a number, or each. Before the first.
    void refuse(std::int64_t number) { refused_ = number; }
    void refuse_all() { refused_ = all_; }
    [[nodiscard]] bool is_refused(std::int64_t number) const
    {
        return refused_ == all_ || number == refused_;
    }

    void go() { is_away_ = true; }
    void come_back() { is_away_ = false; }
    void grow(std::int64_t to) { count_ = to; }

    [[nodiscard]] std::int64_t low_water() const { return low_water_; }
    [[nodiscard]] std::size_t connects() const { return connects_.size(); }
    [[nodiscard]] int reads() const { return reads_; }
    [[nodiscard]] std::vector<std::string> acknowledged() const { return acknowledged_.texts(); }
    bool wait_for_connects(std::size_t count) { return connects_.wait_for(count); }
    bool wait_for_reads(std::size_t count) { return read_.wait_for(count); }
    bool wait_for_acknowledgements(std::size_t count) { return acknowledged_.wait_for(count); }

private:
    static constexpr int never = std::numeric_limits<int>::max();

    std::atomic<std::int64_t> count_;
    std::atomic<std::int64_t> low_water_{0};
    std::atomic<bool> is_away_{false};
    std::atomic<int> reads_{0};
    std::atomic<int> acknowledges_{0};
    static constexpr std::int64_t all_ = -2;
    std::int64_t refused_ = -1;
    int loses_read_ = never;
    int loses_acknowledge_ = never;
    int fails_acknowledge_ = never;
    collected connects_;
    collected read_;
    collected acknowledged_;
};

class numbers final : public penstock::source
{
public:
    numbers(upstream& of, bool is_endless, std::uint32_t in_flight = 1000)
        : source({.in_flight = in_flight, .idle = 1ms}), of_(of), is_endless_(is_endless)
    {
    }

private:
    upstream& of_;
    const bool is_endless_;
    std::int64_t next_ = 0;

    void connect() override
    {
        of_.connect();
        next_ = of_.low_water();
    }

    bool read() override
    {
        const std::optional<std::int64_t> found = of_.read(next_);
        if (!found)
            return is_endless_;
        packet made;
        made.set("text", std::to_string(*found));
        made.set_meta("parity", *found % 2 == 0 ? "even" : "odd");
        if (of_.is_refused(*found))
            refuse(*found, std::move(made), "is refused");
        else
            emit(*found, std::move(made));
        ++next_;
        return true;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        of_.acknowledge(positions);
    }
};

/// Holds back what it gets until it is told to go on.
class gate
{
public:
    /// Waits until the packet with that text may go on.
    void pass(const std::string& text)
    {
        came.add(text);
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [&] { return is_open_ || passing_.contains(text); });
    }

    void let_pass(std::string text)
    {
        std::lock_guard lock(mutex_);
        passing_.insert(std::move(text));
        opened_.notify_all();
    }

    void open()
    {
        std::lock_guard lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }

    collected came;

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    std::set<std::string> passing_;
    bool is_open_ = false;
};

inline plan_builder from(upstream& of, bool is_endless = true, std::uint32_t in_flight = 1000)
{
    return plan_builder()
        .node("numbers", category::adapter,
              [&of, is_endless, in_flight]
              { return std::make_unique<numbers>(of, is_endless, in_flight); })
        .retry(two_attempts);
}

inline plan_builder through(upstream& of, gate& held, std::uint32_t in_flight = 1000)
{
    return from(of, true, in_flight)
        .function(
            "gate",
            [&held](input& in, output&, function_component& self)
            {
                while (auto packet = in.receive())
                {
                    const std::string text = packet->text("text");
                    blocking([&] { held.pass(text); });
                    self.deliver(std::move(*packet));
                }
            },
            category::publisher)
        .edge("numbers.out", "gate.in");
}

inline std::vector<std::string> texts_of(std::int64_t first, std::int64_t end)
{
    std::vector<std::string> texts;
    for (; first < end; ++first)
        texts.push_back(std::to_string(first));
    return texts;
}

} // namespace penstock::host::tests
