// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace search_package
{

/// Reports what SQLite could not do.
class database_error : public std::runtime_error
{
public:
    explicit database_error(const std::string& what, int code = 0)
        : std::runtime_error(what), code_(code)
    {
    }

    /// SQLite's extended result code.
    [[nodiscard]] int code() const noexcept { return code_; }

    /// Returns whether the database could not be used, whatever it was asked: the disk is full, the
    /// file locked or gone.
    [[nodiscard]] bool is_unavailable() const noexcept;

    /// Returns whether a time_limit ended the statement.
    [[nodiscard]] bool was_interrupted() const noexcept;

private:
    int code_;
};

/// Holds one connection. [any thread, one at a time]
class connection
{
public:
    enum class use
    {
        reading,
        writing
    };

    /// Opens a file; for writing, makes it. Throws database_error.
    connection(const std::string& path, use purpose);

    /// Runs statements that return nothing of interest. Throws database_error.
    void execute(const char* sql);

    /// Returns whether the file was removed or replaced since it was opened, or its log since the
    /// first call: what is written then is found by nobody. Throws database_error.
    [[nodiscard]] bool is_orphaned();

    /// Has the database take over what is in its log, as far as it can be: after that the log is
    /// not missed. Before the connection is closed. Blocks.
    void work_log_in() noexcept;

    [[nodiscard]] std::int64_t last_row() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

    /// Throws what went wrong last.
    [[noreturn]] void raise() const;

private:
    struct closer
    {
        void operator()(sqlite3* handle) const noexcept;
    };

    std::unique_ptr<sqlite3, closer> handle_;
    std::string name_;
    std::string log_;                                                 ///< its path
    std::optional<std::pair<std::uint64_t, std::uint64_t>> log_file_; ///< its device and inode
};

/// Holds one prepared statement; the connection outlives it.
class statement
{
public:
    statement(connection& connection, std::string_view sql);

    /// Binds the nth value, from 1. Texts are borrowed until the statement is reset.
    void bind(int n, std::string_view text);
    void bind(int n, std::int64_t number);

    /// Binds a pointer that SQLite knows by the name of its type, a literal.
    void bind_pointer(int n, void* value, const char* type);

    /// Goes to the next row; false after the last one. Throws database_error.
    bool step();

    /// Runs to the end and makes it ready to run again. Throws database_error.
    void run();

    /// Makes it ready to run again.
    void reset() noexcept;

    /// Reads the nth column of the row, from 0. A view is valid until the next step.
    [[nodiscard]] std::string_view text(int n) const;
    [[nodiscard]] std::int64_t integer(int n) const;
    [[nodiscard]] double real(int n) const;

private:
    struct finalizer
    {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };

    connection* connection_;
    std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

/// Ends with a database_error what a connection runs for longer than a time, while this object
/// lives. [any thread, that of the connection]
class time_limit
{
public:
    /// The connection outlives this object.
    time_limit(connection& of, std::chrono::milliseconds time);
    ~time_limit();
    time_limit(const time_limit&) = delete;
    time_limit& operator=(const time_limit&) = delete;

    /// Returns whether the time has passed.
    [[nodiscard]] bool is_over() const noexcept { return std::chrono::steady_clock::now() > end_; }

private:
    static int look(void* limit) noexcept;

    connection& of_;
    std::chrono::steady_clock::time_point end_;
};

} // namespace search_package
