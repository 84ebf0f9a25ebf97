// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"

#include <filesystem>
#include <functional>
#include <set>
#include <thread>
#include <vector>

namespace penstock::host
{

/// Calls back when packages come, go or change in some folders, also in folders that are made
/// later, until it is destroyed. On a thread of its own.
class package_watch
{
public:
    /// `changed` is called after the folders have been quiet for a moment, one call at a time, on
    /// the watch's thread. Where the kernel has no inotify to give, nothing is ever called.
    package_watch(std::vector<std::filesystem::path> folders, std::function<void()> changed);

    /// Waits for a call that is under way.
    ~package_watch();

    /// Returns whether anything can be heard: not if no descriptor was left, or no inotify.
    [[nodiscard]] bool is_watching() const noexcept { return thread_.joinable(); }

    package_watch(const package_watch&) = delete;
    package_watch& operator=(const package_watch&) = delete;

private:
    void watch();
    bool add_watches();
    int watch_nearest(const std::filesystem::path& folder);
    bool drain();

    const std::vector<std::filesystem::path> folders_;
    const std::function<void()> changed_;
    descriptor events_; ///< inotify's
    descriptor end_;    ///< readable when the watch is to end
    std::set<int> own_; ///< inotify's numbers of the folders themselves
    std::thread thread_;
};

} // namespace penstock::host
