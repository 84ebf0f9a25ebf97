// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"
#include "copies.hpp"
#include "file_mode.hpp"
#include "line_file.hpp"
#include "line_file_set.hpp"
#include "read_settings.hpp"
#include "record_cutter.hpp"
#include "told_once.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace files_package
{

/// Files of which lines are read, each once, under whatever names a file has: known by inode, and
/// by its bytes, as inodes are used again. One that is truncated begins anew, and what was not read
/// of it is read from the copy that was made of it before. A position is the number of the content,
/// and what the checkpoint keeps of a place in it.
class line_files final : public file_mode
{
public:
    /// All outlive it.
    line_files(const read_settings& of, const tree& files, checkpoint& kept);

    void look(const path_to_look_at& at, clock::time_point now, findings& into) override;
    bool work(clock::time_point now, findings& into) override;
    [[nodiscard]] std::optional<clock::time_point> next_work() const override;
    void begin_check() override { checked_ = 0; }
    bool check(findings& into) override;
    void keep() override;
    void acknowledge(const std::vector<penstock::json::value>& positions) override;

private:
    /// A path that may be the copy of a file, or a file that cannot be read yet.
    struct waiting_path
    {
        path_to_look_at at;
        clock::time_point since;
        std::uint64_t size = 0; // when it was looked at last
    };

    struct waiting_file
    {
        std::int64_t number;
        std::uint64_t size;
    };

    void consider(waiting_path it, clock::time_point now, findings& into);
    void wait(waiting_path it, clock::time_point until);
    [[nodiscard]] line_file* known(const std::string& path, const file_status& found);
    void move(line_file& it, const std::string& path);
    void begin_anew(std::int64_t number);
    void go_on_in_copy(line_file& old, const std::string& path);
    void queue(line_file& it);
    void read(std::int64_t number, clock::time_point now, findings& into);
    void fail(const std::string& path, const std::error_code& why, clock::time_point now,
              clock::time_point since, findings& into);
    void change();

    const read_settings& of_;
    const tree& tree_;
    checkpoint& kept_;
    const record_cutter cutter_;
    std::optional<checkpoint::change> change_; // since the last keep()
    line_file_set files_;
    copies copies_;
    std::deque<std::int64_t> queue_; // to be read
    std::multimap<clock::time_point, waiting_path> waiting_;
    std::unordered_set<std::string> is_waiting_;
    std::multimap<clock::time_point, waiting_file> unfinished_;
    told_once told_;
    std::int64_t checked_ = 0; // up to this number
};

} // namespace files_package
