// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "system_file.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace files_package
{

/// How far the lines of one content were read: of a file, under whatever names it has, until it is
/// truncated.
struct line_progress
{
    std::int64_t number = 0; ///< of this content, never given twice; 0: none yet
    std::uint64_t inode = 0;
    std::string path{};          ///< that lines tell, as text
    std::string place{};         ///< where it is, as text
    std::uint64_t offset = 0;    ///< bytes that were read
    std::uint64_t line = 1;      ///< the number of the next line
    std::uint64_t head_size = 0; ///< how many of its first bytes `head` is the hash of
    std::uint64_t head = 0;
    std::uint64_t tail_size = 0; ///< and how many of those in front of `offset` `tail` is
    std::uint64_t tail = 0;
    std::uint64_t missed = 0; ///< how many times it was looked for and not at its place
};

class checkpoint_statement;

/// What is kept of files over runs of the host: an SQLite database, in which a change of one file
/// costs as much for many files as for few, and of which little is in memory. Texts are paths as
/// text_of_path() writes them. [one thread at a time; blocks] All calls throw
/// penstock::unavailable while the disk is full or fails, and std::runtime_error for a file that is
/// damaged.
class checkpoint
{
public:
    /// Opens a database, or makes it; an empty name is one in memory.
    explicit checkpoint(const std::string& file);
    checkpoint(const checkpoint&) = delete;
    checkpoint& operator=(const checkpoint&) = delete;
    ~checkpoint();

    /// Everything that is changed while it lives is kept at once by commit(), or not at all.
    class change
    {
    public:
        explicit change(checkpoint& of);
        change(const change&) = delete;
        change& operator=(const change&) = delete;
        ~change();
        /// Returns when the disk has it.
        void commit();

    private:
        checkpoint& of_;
        bool is_open_ = true;
    };

    // Whole files
    [[nodiscard]] std::optional<file_version> version(std::string_view path);
    void put(std::string_view path, const file_version& version);
    void remove(std::string_view path);
    /// Up to so many of them behind a path, in order.
    using versions = std::vector<std::pair<std::string, file_version>>;
    [[nodiscard]] versions behind(std::string_view path, std::size_t most);
    /// The same of those in a folder.
    [[nodiscard]] versions in_folder(std::string_view folder, std::string_view behind,
                                     std::size_t most);

    /// The inode that a folder had, to know it again.
    [[nodiscard]] std::optional<std::uint64_t> folder(std::string_view path);
    void put_folder(std::string_view path, std::uint64_t inode);

    // Lines
    [[nodiscard]] std::vector<line_progress> of_inode(std::uint64_t inode);
    [[nodiscard]] std::vector<line_progress> at_place(std::string_view place);
    [[nodiscard]] std::vector<line_progress> behind(std::int64_t number, std::size_t most);
    /// Adds one and returns its number.
    std::int64_t add(const line_progress& progress);
    /// Says under what paths, as which inode and by which first bytes one is found now.
    void move(const line_progress& progress);
    /// Says how far one was read.
    void advance(const line_progress& progress);
    /// Says how many times it was looked for and not at its place.
    void miss(std::int64_t number, std::uint64_t times);
    void remove(std::int64_t number);

private:
    [[nodiscard]] checkpoint_statement prepared(std::size_t which);
    void execute(const char* sql);
    [[nodiscard]] std::vector<line_progress> progress_of(checkpoint_statement& rows);

    struct close
    {
        void operator()(sqlite3* database) const noexcept;
    };

    struct finalize
    {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    std::unique_ptr<sqlite3, close> database_;
    std::vector<std::unique_ptr<sqlite3_stmt, finalize>> statements_;
};

} // namespace files_package
