// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace penstock::host
{

/// A lock for each name, made when it is asked for. [any thread]
class name_locks
{
public:
    /// The lock of one name, until this object goes. Not for a thread that holds it already.
    class held
    {
    public:
        held(held&&) noexcept = default;
        held& operator=(held&&) = delete;

    private:
        friend class name_locks;

        struct release
        {
            name_locks* from;
            void operator()(const std::string* name) const noexcept { from->unlock(name); }
        };

        explicit held(name_locks& from, const std::string& name) : name_(&name, release{&from}) {}

        std::unique_ptr<const std::string, release> name_;
    };

    /// Waits until nobody else holds the name. The locks outlive what is returned.
    [[nodiscard]] held lock(const std::string& name)
    {
        std::unique_lock lock(mutex_);
        freed_.wait(lock, [&] { return !held_.contains(name); });
        return held(*this, *held_.insert(name).first);
    }

private:
    void unlock(const std::string* name) noexcept
    {
        const std::lock_guard lock(mutex_);
        held_.erase(held_.find(*name));
        freed_.notify_all();
    }

    std::mutex mutex_; // guards what follows
    std::condition_variable freed_;
    std::set<std::string, std::less<>> held_;
};

} // namespace penstock::host
