// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/intake/key_turns.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace penstock::host::tests
{

/// Notes what it is given, in order.
class noting_owner final : public turn_owner
{
public:
    bool go(std::unique_ptr<entry>& pending) override
    {
        std::lock_guard lock(mutex_);
        if (!works_)
            return false;
        const std::unique_ptr<entry> taken = std::move(pending);
        gone_.push_back(taken->receipt->number());
        changed_.notify_all();
        return true;
    }
    void leave(const entry& pending) override
    {
        std::lock_guard lock(mutex_);
        left_.push_back(pending.receipt->number());
        changed_.notify_all();
    }
    bool take_back(left_entry left, bool is_known) override
    {
        std::lock_guard lock(mutex_);
        ++asked_back_;
        changed_.notify_all();
        if (!works_)
            return false;
        known_ += is_known ? 1 : 0;
        gone_.push_back(left.number);
        return true;
    }
    void all_gone_on() override
    {
        std::lock_guard lock(mutex_);
        is_all_told_ = true;
        changed_.notify_all();
    }
    void turns_failed(std::string_view) noexcept override
    {
        std::lock_guard lock(mutex_);
        ++failures_;
        changed_.notify_all();
    }
    void turns_stand_still(std::size_t keys) noexcept override
    {
        std::lock_guard lock(mutex_);
        standing_ += keys;
        changed_.notify_all();
    }

    void set_works(bool works)
    {
        std::lock_guard lock(mutex_);
        works_ = works;
    }

    [[nodiscard]] std::vector<entry_number> gone(std::size_t count)
    {
        return wait_for(gone_, count);
    }
    [[nodiscard]] std::vector<entry_number> left(std::size_t count)
    {
        return wait_for(left_, count);
    }
    void wait_for_failure()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this] { return failures_ > 0; });
    }
    void wait_until_asked_back()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this, before = asked_back_] { return asked_back_ > before; });
    }
    void wait_until_all_have_gone_on()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this] { return is_all_told_; });
    }
    [[nodiscard]] std::size_t known()
    {
        std::lock_guard lock(mutex_);
        return known_;
    }
    [[nodiscard]] std::size_t standing(std::size_t least)
    {
        std::unique_lock lock(mutex_);
        wait(lock, [&] { return standing_ >= least; });
        return standing_;
    }

private:
    template <class Condition>
    void wait(std::unique_lock<std::mutex>& lock, Condition holds)
    {
        BOOST_TEST_REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), holds));
    }
    std::vector<entry_number> wait_for(const std::vector<entry_number>& what, std::size_t count)
    {
        std::unique_lock lock(mutex_);
        wait(lock, [&] { return what.size() >= count; });
        return what;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<entry_number> gone_;
    std::vector<entry_number> left_;
    std::size_t failures_ = 0;
    std::size_t asked_back_ = 0;
    std::size_t known_ = 0; ///< of what was taken back
    std::size_t standing_ = 0;
    bool works_ = true;
    bool is_all_told_ = false;
};

} // namespace penstock::host::tests
