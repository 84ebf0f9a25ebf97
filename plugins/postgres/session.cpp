// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "session.hpp"

#include "../packets/one_line.hpp"

#include <penstock/blocking.hpp>
#include <penstock/unavailable.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

namespace postgres_package
{
namespace
{

// So long a thread is lent to a wait; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

struct result_end
{
    void operator()(PGresult* result) const { PQclear(result); }
};

using result_ptr = std::unique_ptr<PGresult, result_end>;

// Classes and codes of SQLSTATE that are no fault of what a statement has in it
// (https://www.postgresql.org/docs/15/errcodes-appendix.html).
bool is_away(std::string_view state)
{
    constexpr std::array<std::string_view, 8> classes{"08",   // connections
                                                      "28",   // credentials
                                                      "3D",   // no such database
                                                      "3F",   // no such schema
                                                      "40",   // serialization, deadlocks
                                                      "53",   // disk, memory, connections are full
                                                      "57",   // shutting down, cancelled
                                                      "58"};  // errors of the system
    constexpr std::array<std::string_view, 6> codes{"25006",  // read-only
                                                    "42703",  // no such column
                                                    "42P01",  // no such table
                                                    "42P10",  // no unique index for the key
                                                    "55P03",  // locked
                                                    "55000"}; // not in the state for it
    return state.empty() || std::ranges::find(classes, state.substr(0, 2)) != classes.end() ||
           std::ranges::find(codes, state) != codes.end();
}

std::string field_of(const PGresult* result, int which)
{
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string() : std::string(text);
}

// What a role may not do at all has the code of what it may not do with a row, by a policy or a
// trigger; the function of the server that says so is another.
bool is_away(const PGresult* result)
{
    const std::string state = field_of(result, PG_DIAG_SQLSTATE);
    return is_away(state) ||
           (state == "42501" &&
            field_of(result, PG_DIAG_SOURCE_FUNCTION).starts_with("aclcheck_error"));
}

std::string reason_of(const PGresult* result)
{
    std::string text = "sqlstate " + field_of(result, PG_DIAG_SQLSTATE) + ": " +
                       field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    if (const std::string more = field_of(result, PG_DIAG_MESSAGE_DETAIL); !more.empty())
        text += "; " + more;
    return packets::one_line(std::move(text));
}

void poll_socket(int socket, bool writes, std::chrono::milliseconds time)
{
    pollfd waiting{socket, static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&waiting, 1, static_cast<int>(std::max(time, std::chrono::milliseconds(0)).count()));
}

} // namespace

struct session::handle
{
    PGconn* connection = nullptr;

    ~handle() { close(); }

    void close() { PQfinish(std::exchange(connection, nullptr)); }
};

session::session(session_settings with)
    : settings_(std::move(with)), handle_(std::make_unique<handle>())
{
}

session::~session() = default;

// Who names certificates to trust wants one to be shown, also by a server on this host.
void session::trust(std::vector<option>& given) const
{
    if (!settings_.ca_file.empty())
        given.push_back({"sslrootcert", settings_.ca_file});
    const bool names_trusted = !value_of(given, "sslrootcert").empty();
    if (!value_of(given, "sslmode").empty() || (are_here(given) && !names_trusted))
        return;
    given.push_back({"sslmode", "verify-full"});
    if (!names_trusted)
        given.push_back({"sslrootcert", "/etc/ssl/certs/ca-certificates.crt"});
}

void session::connect()
{
    handle_->close();
    std::string wrong;
    std::vector<option> given = options_of(settings_.connection, wrong);
    trust(given);
    if (!settings_.password.empty())
        given.push_back({"password", settings_.password});
    given.push_back({"client_encoding", "UTF8"});
    if (value_of(given, "application_name").empty())
        given.push_back({"application_name", "penstock"});
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const option& each : given)
    {
        names.push_back(each.name.c_str());
        values.push_back(each.value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    const clock::time_point until = clock::now() + settings_.connect_time;
    penstock::blocking( // looks the name up
        [&] { handle_->connection = PQconnectStartParams(names.data(), values.data(), 0); });
    if (handle_->connection == nullptr)
        throw std::bad_alloc();
    while (!penstock::blocking([&] { return finish_connecting(until); }))
        if (clock::now() >= until)
            lose("no connection within " + std::to_string(settings_.connect_time.count()) + " ms");
    if (PQstatus(handle_->connection) != CONNECTION_OK)
        lose(packets::one_line(PQerrorMessage(handle_->connection)));
    PQsetnonblocking(handle_->connection, 1);
    PQsetNoticeProcessor(
        handle_->connection, [](void*, const char*) {}, nullptr);
}

// Whether it has ended, well or not. Blocks for a while.
bool session::finish_connecting(clock::time_point until)
{
    const clock::time_point pause = std::min(until, clock::now() + slice);
    PGconn* const connection = handle_->connection;
    while (PQstatus(connection) != CONNECTION_BAD)
    {
        const PostgresPollingStatusType next = PQconnectPoll(connection);
        if (next == PGRES_POLLING_OK || next == PGRES_POLLING_FAILED)
            return true;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(pause - clock::now());
        if (left.count() <= 0)
            return false;
        poll_socket(PQsocket(connection), next == PGRES_POLLING_WRITING, left);
    }
    return true;
}

// Whether a result is there, or none will be. Blocks for a while.
bool session::advance()
{
    const clock::time_point pause = clock::now() + slice;
    PGconn* const connection = handle_->connection;
    for (;;)
    {
        const int unsent = PQflush(connection);
        if (unsent < 0 || (unsent == 0 && PQisBusy(connection) == 0))
            return true;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(pause - clock::now());
        if (left.count() <= 0)
            return false;
        poll_socket(PQsocket(connection), unsent > 0, left);
        if (PQconsumeInput(connection) == 0)
            return true;
    }
}

void session::wait(clock::time_point until)
{
    while (!penstock::blocking([&] { return advance(); }))
        if (clock::now() >= until)
            lose("no answer within " + std::to_string(settings_.time.count()) + " ms");
}

// Reads all results of a statement; an error among them is thrown at the end.
std::vector<std::vector<sql_text>> session::results(clock::time_point until)
{
    std::vector<std::vector<sql_text>> rows;
    std::optional<sql_error> refused;
    std::optional<server_refusal> away;
    for (;;)
    {
        wait(until);
        const result_ptr result(PQgetResult(handle_->connection));
        if (result == nullptr)
            break;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_TUPLES_OK)
            for (int row = 0; row < PQntuples(result.get()); ++row)
            {
                std::vector<sql_text>& made = rows.emplace_back();
                for (int column = 0; column < PQnfields(result.get()); ++column)
                    made.push_back(PQgetisnull(result.get(), row, column) != 0
                                       ? sql_text()
                                       : sql_text(PQgetvalue(result.get(), row, column)));
            }
        else if (status == PGRES_COPY_IN)
            break;
        else if (status != PGRES_COMMAND_OK && is_away(result.get()))
            away.emplace(field_of(result.get(), PG_DIAG_SQLSTATE), reason_of(result.get()));
        else if (status != PGRES_COMMAND_OK)
            refused.emplace(field_of(result.get(), PG_DIAG_SQLSTATE), reason_of(result.get()));
    }
    if (PQstatus(handle_->connection) != CONNECTION_OK)
        lose(packets::one_line(PQerrorMessage(handle_->connection)));
    if (away)
    {
        handle_->close();
        throw *away;
    }
    if (refused)
        throw *refused;
    return rows;
}

std::vector<std::vector<sql_text>> session::run(const std::string& statement,
                                                const std::vector<sql_text>& values)
{
    if (handle_->connection == nullptr)
        lose("there is no connection");
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const sql_text& each : values)
        texts.push_back(each ? each->c_str() : nullptr);
    const clock::time_point until = clock::now() + settings_.time;
    if (PQsendQueryParams(handle_->connection, statement.c_str(), static_cast<int>(texts.size()),
                          nullptr, texts.data(), nullptr, nullptr, 0) == 0)
        lose(packets::one_line(PQerrorMessage(handle_->connection)));
    return results(until);
}

void session::copy(const std::string& statement, std::string_view lines)
{
    run(statement);
    const clock::time_point until = clock::now() + settings_.time;
    constexpr std::size_t most = 64 * 1024;
    while (!lines.empty())
    {
        const std::string_view part = lines.substr(0, most);
        const int taken =
            PQputCopyData(handle_->connection, part.data(), static_cast<int>(part.size()));
        if (taken < 0)
            lose(packets::one_line(PQerrorMessage(handle_->connection)));
        if (taken > 0)
            lines.remove_prefix(part.size());
        wait(until); // until it is sent
    }
    while (PQputCopyEnd(handle_->connection, nullptr) == 0)
        wait(until);
    results(until);
}

void session::lose(const std::string& why)
{
    handle_->close();
    throw penstock::unavailable(why);
}

} // namespace postgres_package
