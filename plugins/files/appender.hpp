// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>

namespace files_package
{

/// When a file is closed: renamed, so that the next line begins another file of its name.
struct closing_rule
{
    std::uint64_t bytes = 0;         ///< before it is longer than this; 0: never for its length
    std::chrono::milliseconds age{}; ///< after this time since it was made; 0: never for its age

    [[nodiscard]] bool is_empty() const { return bytes == 0 && age.count() == 0; }
};

/// The writer of whole lines to one file, shared by its users.
///
/// What the file has already is never changed. [any thread; one append at a time]
class appender
{
public:
    /// The key of a file for all its users, whether it exists yet or not.
    static std::string common_name(const std::string& path);

    /// Returns whether a file of that name is in the host's data directory, where journal and
    /// tokens are.
    static bool is_the_hosts(const std::string& common_name, const std::string& data_directory);

    /// Opens the file, or makes it. Throws std::system_error.
    explicit appender(std::string path);
    appender(const appender&) = delete;
    appender& operator=(const appender&) = delete;
    ~appender();

    /// How far an append came.
    struct outcome
    {
        std::size_t kept = 0; ///< bytes that are in the file; always whole lines
        std::error_code error;
        bool has_closed = false; ///< whether a file was closed before
    };

    /// Appends lines, the last one ended too, on a fresh line. Blocks. Where another file has the
    /// path by then, or none, that file is opened, or made; an error of this is the outcome's. With
    /// `sync`, the lines are on the disk when it returns, and so is the file's name in its folder.
    /// A file that is due by the rule is closed before; lines of one append are not torn apart.
    outcome append(std::string_view lines, bool sync, const closing_rule& rule = {});

    /// Closes the file if it is as old as the rule says. Blocks.
    outcome close_if_old(const closing_rule& rule);

private:
    std::error_code open();
    [[nodiscard]] bool is_due(std::size_t more, const closing_rule& rule) const;
    std::error_code close_file();
    void find_age();
    std::error_code sync_name();
    [[nodiscard]] bool is_at_path() const;
    std::error_code begin_line();
    void take_back(std::size_t count);

    std::mutex mutex_;
    std::string path_;
    int file_ = -1;
    std::chrono::system_clock::time_point made_{}; // when the file was
    bool mid_line_ = false;                        // whether the file may end within a line
    bool is_name_synced_ = false; // whether the folder's entry of the file is on the disk
};

} // namespace files_package
