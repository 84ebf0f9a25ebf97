// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/journal_medium.hpp"
#include "host/journal/postgres/statement_values.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace penstock::host
{

/// The error of a database that is away: not reached, cut off, shutting down, or silent. What was
/// sent may be done or not.
class database_away : public medium_error
{
public:
    explicit database_away(const std::string& what) : medium_error(what, true) {}
};

/// The error of a statement that the database refused; its transaction is undone.
class statement_refused : public medium_error
{
public:
    statement_refused(std::string state, const std::string& what)
        : medium_error(what, true), state_(std::move(state))
    {
    }

    /// The SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    [[nodiscard]] const std::string& state() const noexcept { return state_; }

    /// Whether the same may succeed at once: after a serialization failure or a deadlock.
    [[nodiscard]] bool is_transient() const noexcept { return state_.starts_with("40"); }

private:
    std::string state_;
};

/// What a statement answered: rows of values, in the binary format.
class statement_result
{
public:
    explicit statement_result(pg_result* taken) : result_(taken) {}

    [[nodiscard]] int rows() const noexcept;

    /// How many rows it changed.
    [[nodiscard]] std::uint64_t changes() const noexcept;

    [[nodiscard]] bool is_null(int row, int column) const noexcept;
    [[nodiscard]] bool boolean(int row, int column) const noexcept;
    [[nodiscard]] std::int64_t number(int row, int column) const noexcept; ///< int8; 0 for NULL
    [[nodiscard]] std::uint64_t natural(int row, int column) const noexcept
    {
        return static_cast<std::uint64_t>(number(row, column));
    }
    [[nodiscard]] std::string_view text(int row, int column) const noexcept; ///< text or bytea

private:
    struct end
    {
        void operator()(pg_result* result) const noexcept;
    };

    std::unique_ptr<pg_result, end> result_;
};

/// A session with a PostgreSQL server, on libpq. [one thread at a time]
class postgres_connection
{
public:
    using clock = std::chrono::steady_clock;

    /// `connection` is as libpq takes it. What it leaves open is set: the certificate of a server on
    /// another machine is verified, a server that can be written is wanted, and one that is silent
    /// for 5 s is given up. Throws journal_error if it cannot be read.
    explicit postgres_connection(const std::string& connection, const char* name);

    /// Connects anew. Throws database_away. Blocks for 3 s for each address at most.
    void open();

    void close() noexcept { handle_.reset(); }
    [[nodiscard]] bool is_open() const noexcept { return handle_ != nullptr; }

    /// Adds a statement to those that run() runs; it is prepared once. `sql` outlives the connection.
    void add(const char* sql, statement_values values = {});

    /// Adds a statement that is not worth being prepared.
    void add_once(std::string sql, statement_values values = {});

    /// Sends what was added in one go, and returns what each of them answered. They are one
    /// transaction, unless they say otherwise. Throws database_away, also when time is up, and
    /// statement_refused for the first that was; then it is closed.
    std::vector<statement_result> run(clock::time_point until);

    /// The same of one statement.
    statement_result ask(const char* sql, clock::time_point until, statement_values values = {});

    /// What to call the server in messages: its address, without a password.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    struct end
    {
        void operator()(pg_conn* handle) const noexcept;
    };

    struct addition
    {
        const char* sql; // null: `once`
        std::string once;
        statement_values values;
    };

    void send(const addition& what);
    void wait(clock::time_point until);
    [[noreturn]] void refuse(const pg_result* answer);
    [[noreturn]] void lose(const std::string& why);

    std::vector<std::pair<std::string, std::string>> settings_;
    std::string name_;
    std::unique_ptr<pg_conn, end> handle_;
    std::map<const char*, std::string> prepared_; ///< names of statements, by their text's address
    std::vector<addition> added_;
};

} // namespace penstock::host
