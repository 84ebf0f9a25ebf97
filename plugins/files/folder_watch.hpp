// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace files_package
{

/// What has changed in a folder that is watched.
struct folder_change
{
    enum class kind
    {
        file,        ///< something may be new of the name
        folder,      ///< a folder of that name is there
        folder_gone, ///< a folder of that name is there no more
        self_gone    ///< the folder itself was deleted, renamed or unmounted; `name` is empty
    };

    kind what;
    int watch; ///< of the folder
    std::string_view name;
};

/// The changes in folders, as Linux tells them: inotify(7). [any thread, one at a time; never
/// blocks]
class folder_watch
{
public:
    /// Throws std::system_error.
    folder_watch();
    folder_watch(const folder_watch&) = delete;
    folder_watch& operator=(const folder_watch&) = delete;
    ~folder_watch();

    /// Watches a folder; returns the number of the watch, which is the same for each path of the
    /// folder, or -1, and errno says why.
    [[nodiscard]] int add(const std::string& folder);

    /// Watches a folder no more.
    void remove(int watch);

    /// Calls `take` for each change since it was called last, but for no more than 4 MiB of them.
    /// Returns whether all were told: false if the system's queue was full, and some are lost.
    bool changes(const std::function<void(const folder_change&)>& take);

private:
    bool take_buffer(std::size_t size, const std::function<void(const folder_change&)>& take) const;

    int queue_;
    std::vector<char> buffer_;
};

} // namespace files_package
