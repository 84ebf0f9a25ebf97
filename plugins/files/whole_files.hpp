// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"
#include "file_mode.hpp"
#include "read_settings.hpp"
#include "told_once.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace files_package
{

/// Files that are read whole, once for each content. A position is the path, inode, time of change
/// and size; of a deletion also a text that says so.
class whole_files final : public file_mode
{
public:
    /// All outlive it.
    whole_files(const read_settings& of, const tree& files, checkpoint& kept)
        : of_(of), tree_(files), kept_(kept)
    {
    }

    void look(const path_to_look_at& at, clock::time_point now, findings& into) override;
    bool work(clock::time_point now, findings& into) override;
    [[nodiscard]] std::optional<clock::time_point> next_work() const override;
    void begin_check() override { checked_.clear(); }
    bool check(findings& into) override;
    void acknowledge(const std::vector<penstock::json::value>& positions) override;

private:
    /// A path that is to be looked at later.
    struct waiting
    {
        std::string path;
        clock::time_point since;
        unsigned attempts;
    };

    struct gone_folder
    {
        std::string text;
        std::string behind;
    };

    void consider(waiting it, clock::time_point now, findings& into);
    void read(waiting it, const std::string& text, clock::time_point now, findings& into);
    void wait(waiting it, clock::time_point until);
    void fail(waiting it, const std::error_code& why, clock::time_point now, findings& into);
    void refuse_large(const std::string& text, const file_version& version, findings& into);
    void end_deleted(const std::string& text, findings& into);
    [[nodiscard]] std::optional<file_version> known(const std::string& text) const;
    [[nodiscard]] std::chrono::nanoseconds unsettled(const file_version& version) const;

    const read_settings& of_;
    const tree& tree_;
    checkpoint& kept_;
    std::multimap<clock::time_point, waiting> waiting_;
    std::unordered_set<std::string> is_waiting_;
    std::deque<gone_folder> gone_folders_;

    // What was found last at a path and is not acknowledged yet; none: that it was deleted.
    std::unordered_map<std::string, std::optional<file_version>> found_;
    told_once told_;
    std::string checked_; // up to this path
};

} // namespace files_package
