// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "connection_text.hpp"

#include <penstock/unavailable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postgres_package
{

/// A value as the server writes and reads it; nothing is NULL.
using sql_text = std::optional<std::string>;

/// How a session connects.
struct session_settings
{
    std::string connection; ///< as libpq takes it: `host=db dbname=x`, `postgresql://db/x`
    std::string password;   ///< never shown; empty: none is given here
    std::string ca_file;    ///< PEM, whom to trust; empty: as the system does
    std::chrono::milliseconds connect_time;
    std::chrono::milliseconds time; ///< of a statement
};

/// The exception of a statement that the server refuses for what is in it.
class sql_error : public std::runtime_error
{
public:
    sql_error(std::string state, const std::string& why)
        : std::runtime_error(why), state_(std::move(state))
    {
    }

    /// The SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    [[nodiscard]] const std::string& state() const noexcept { return state_; }

private:
    std::string state_;
};

/// The exception of a statement that the server refuses whatever rows it has, as one about a table
/// that is not there. The connection is closed.
class server_refusal : public penstock::unavailable
{
public:
    server_refusal(std::string state, const std::string& why)
        : unavailable(why), state_(std::move(state))
    {
    }

    /// As sql_error::state().
    [[nodiscard]] const std::string& state() const noexcept { return state_; }

private:
    std::string state_;
};

/// A connection with a server of PostgreSQL, on libpq. [one fiber]
class session
{
public:
    explicit session(session_settings with);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Connects anew. TLS with a certificate that is verified, unless the text names an `sslmode`,
    /// or the server is on this host and neither the text nor `ca_file` names certificates to
    /// trust. Suspends. Throws penstock::unavailable.
    void connect();

    /// Runs one statement, and returns its rows. Suspends; at teardown the connection is cut within
    /// a tenth of a second. Throws penstock::unavailable when the connection is lost or time is up;
    /// server_refusal when the server cannot do it for anybody now; sql_error for what is in the
    /// statement.
    std::vector<std::vector<sql_text>> run(const std::string& statement,
                                           const std::vector<sql_text>& values = {});

    /// Runs `COPY … FROM STDIN` with these lines. As run().
    void copy(const std::string& statement, std::string_view lines);

private:
    struct handle;
    using clock = std::chrono::steady_clock;

    void trust(std::vector<option>& given) const;
    bool finish_connecting(clock::time_point until);
    bool advance();
    void wait(clock::time_point until);
    std::vector<std::vector<sql_text>> results(clock::time_point until);
    [[noreturn]] void lose(const std::string& why);

    const session_settings settings_;
    std::unique_ptr<handle> handle_;
};

} // namespace postgres_package
