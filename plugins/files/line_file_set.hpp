// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "line_file.hpp"
#include "read_settings.hpp"
#include "tree.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <unordered_map>

namespace files_package
{

/// The files of which lines are being read, and those that were read last. So many are open as the
/// settings allow; which was not read for the longest time is closed. One is forgotten when it is
/// closed and all that was read of it is acknowledged: then the checkpoint knows as much. [one
/// thread at a time; blocks]
class line_file_set
{
public:
    /// Both outlive it.
    line_file_set(const read_settings& of, const tree& files) : of_(of), tree_(files) {}

    /// Null if there is none.
    [[nodiscard]] line_file* find(std::int64_t number);
    [[nodiscard]] line_file* find(const file_key& key);
    [[nodiscard]] line_file* at_place(const std::string& text);

    /// Adds one that is open.
    line_file& add(line_progress from, const file_key& key, open_file file);

    /// Opens it if it is closed; false if it is not where it was.
    [[nodiscard]] bool open(line_file& it);

    void close(line_file& it);

    /// Forgets one that needs not be remembered.
    void tidy(std::int64_t number);

    /// Takes one out.
    [[nodiscard]] line_file take(std::int64_t number);

private:
    void close_others(std::int64_t but);

    const read_settings& of_;
    const tree& tree_;
    std::unordered_map<std::int64_t, line_file> files_;
    std::map<file_key, std::int64_t> numbers_;
    std::list<std::int64_t> opened_; // the one that was read last at the end
};

} // namespace files_package
