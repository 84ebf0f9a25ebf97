// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/journal_medium.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace penstock::host
{

/// Returns what SQLite could not do. A failed sync or a broken file does not pass.
class sqlite_error : public medium_error
{
public:
    /// `code` is SQLite's extended result code.
    sqlite_error(const std::string& what, int code);

    /// Whether a part of the file is damaged, and others may be read all the same.
    [[nodiscard]] bool is_corruption() const noexcept { return is_corruption_; }

private:
    bool is_corruption_;
};

/// Holds one connection to a file. [any thread, one at a time]
class sqlite_file
{
public:
    enum class use
    {
        reading,
        writing
    };

    /// Opens a file that exists. `vfs` names a registered one; empty: SQLite's own. Throws
    /// sqlite_error.
    sqlite_file(const std::filesystem::path& path, use purpose, const std::string& vfs);

    /// Runs statements that return nothing of interest. Throws sqlite_error.
    void execute(const char* sql);

    /// Returns the only number that a statement has for an answer. Throws sqlite_error.
    std::int64_t number(const char* sql);

    [[nodiscard]] bool in_transaction() const noexcept;

    /// How many rows the statement before changed.
    [[nodiscard]] std::int64_t changes() const noexcept;

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// Throws what went wrong last.
    [[noreturn]] void raise() const;

private:
    struct closer
    {
        void operator()(sqlite3* handle) const noexcept;
    };

    std::string name_;
    std::unique_ptr<sqlite3, closer> handle_;
};

/// Holds one prepared statement; the file outlives it.
class statement
{
public:
    statement(sqlite_file& file, std::string_view sql);

    /// Binds the nth value, from 1. Texts and bytes are borrowed until the statement is reset.
    void bind(int n, std::string_view text);
    void bind(int n, std::span<const unsigned char> bytes);
    void bind(int n, std::int64_t number);

    /// Goes to the next row; false after the last one. Throws sqlite_error.
    bool step();

    /// Runs to the end and makes it ready to run again. Throws sqlite_error.
    void run();

    /// Makes it ready to run again.
    void reset() noexcept;

    /// Reads the nth column of the row, from 0. A view is valid until the next step. Throws
    /// sqlite_error.
    [[nodiscard]] std::string_view text(int n) const;
    [[nodiscard]] std::int64_t integer(int n) const;
    [[nodiscard]] bool is_number(int n) const noexcept;

    [[nodiscard]] int columns() const noexcept;

private:
    struct finalizer
    {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };

    sqlite_file* file_;
    std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

/// Resets a statement when the rows of it are read, also by an exception.
class rows_of
{
public:
    explicit rows_of(statement& of) noexcept : of_(of) {}
    rows_of(const rows_of&) = delete;
    rows_of& operator=(const rows_of&) = delete;
    ~rows_of() { of_.reset(); }

private:
    statement& of_;
};

} // namespace penstock::host
