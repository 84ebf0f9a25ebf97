// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "folder_watch.hpp"
#include "read_settings.hpp"
#include "root.hpp"
#include "system_file.hpp"
#include "told_once.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <dirent.h>

namespace files_package
{

/// A path that somebody should look at: it was found, or something has changed there.
struct path_to_look_at
{
    std::string path;
    bool is_meant;  ///< whether it is one of those that are read
    bool is_folder; ///< a folder that is there no more, with all that was in it
};

/// The files below the paths that are read: finds them, and, if they are followed, what changes. It
/// knows folders only, and remembers no file. What it tells may be told twice. [one thread at a
/// time; blocks]
class tree
{
public:
    using clock = std::chrono::steady_clock;

    /// Throws std::invalid_argument for paths that are none, std::system_error if changes cannot be
    /// followed. `of` outlives it.
    explicit tree(const read_settings& of);

    /// Begins to look at everything, once more.
    void scan();

    /// The next path to look at; none if there is nothing more for now.
    [[nodiscard]] std::optional<path_to_look_at> next(clock::time_point now);

    /// Whether not everything was looked at yet.
    [[nodiscard]] bool is_scanning() const noexcept { return is_open() || !to_scan_.empty(); }

    /// Whether what is missing at a path can be believed to be deleted: the path that it was found
    /// below is there. That of a disk that is not mounted is not.
    [[nodiscard]] bool is_trusted(std::string_view path) const;

    /// Whether a file of that path would be read.
    [[nodiscard]] bool means(std::string_view path) const;

    /// Whether a symbolic link of that path is followed: all are, or people named this one.
    [[nodiscard]] bool follows(std::string_view path) const;

    /// How often it has begun to look at everything. What was deleted since the time before is told
    /// of by nobody.
    [[nodiscard]] std::uint64_t scans() const noexcept { return scans_; }

    /// The paths that are read, in the order of the settings.
    [[nodiscard]] std::vector<root>& roots() noexcept { return roots_; }

    /// How often changes were lost because the system's queue was full.
    [[nodiscard]] std::uint64_t overflows() const noexcept { return overflows_; }

private:
    /// The folders that lead to one, to notice a link that leads back.
    struct ancestor
    {
        file_key key;
        std::shared_ptr<const ancestor> before;
    };

    struct place
    {
        std::size_t root;
        std::string folder;
        std::size_t depth;
        std::shared_ptr<const ancestor> above{};
    };

    struct close_folder
    {
        void operator()(DIR* folder) const { ::closedir(folder); }
    };

    [[nodiscard]] bool is_open() const noexcept { return open_ != nullptr; }
    void begin(std::size_t root);
    void look_for_missing(clock::time_point now);
    void take_changes();
    void take_change(const folder_change& change);
    void open_next();
    void watch(const place& folder);
    void forget_below(const std::string& folder);
    void read_entry();
    void enter(const place& in, const std::string& folder, std::string_view relative);
    void add(const place& in, std::string_view name);
    [[nodiscard]] bool is_meant(const place& in, const std::string& path) const;

    const read_settings& of_;
    std::vector<root> roots_;
    std::optional<file_key> forbidden_; // the data directory of the host
    std::unique_ptr<folder_watch> watch_;
    std::unordered_map<int, std::vector<place>> watched_;
    std::deque<place> to_scan_;
    std::unique_ptr<DIR, close_folder> open_;
    place at_{};
    std::deque<path_to_look_at> found_;
    std::unordered_set<std::string> is_found_; // what is in it, of changes
    told_once told_;
    clock::time_point next_look_{};
    std::size_t steps_ = 0;
    std::uint64_t scans_ = 0;
    std::uint64_t overflows_ = 0;
    bool lacks_watches_ = false;
};

} // namespace files_package
