// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_connection.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

namespace penstock::host
{

namespace
{

constexpr int binary = 1;

std::string one_line(std::string_view message)
{
    std::string made(message.substr(0, message.find_last_not_of(" \n") + 1));
    std::ranges::replace(made, '\n', ' ');
    return made;
}

std::string field_of(const PGresult* result, int which)
{
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string() : std::string(text);
}

// Classes that tell of the server and not of the statement: it shuts down, starts up, is out of
// connections, or is a standby that cannot be written.
bool is_away(const std::string& state)
{
    return state.empty() || state.starts_with("08") || state.starts_with("57") ||
           state == "53300" || state == "25006";
}

bool is_here(std::string_view host)
{
    return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
           host == "127.0.0.1" || host == "::1";
}

// Each of the hosts that a text names, one behind the other with commas.
bool are_here(std::string_view hosts)
{
    for (;;)
    {
        const std::size_t comma = hosts.find(',');
        if (!is_here(hosts.substr(0, comma)))
            return false;
        if (comma == std::string_view::npos)
            return true;
        hosts.remove_prefix(comma + 1);
    }
}

class settings_reader
{
public:
    explicit settings_reader(const std::string& connection)
    {
        char* wrong = nullptr;
        const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
            PQconninfoParse(connection.c_str(), &wrong), PQconninfoFree);
        const std::unique_ptr<char, decltype(&PQfreemem)> message(wrong, PQfreemem);
        if (parsed == nullptr)
            throw journal_error(
                "journal: " + one_line(wrong == nullptr ? "no memory" : wrong) +
                "; an address such as postgresql://user@host/database was expected");
        for (const PQconninfoOption* each = parsed.get(); each->keyword != nullptr; ++each)
            if (each->val != nullptr)
                made.emplace_back(each->keyword, each->val);
    }

    [[nodiscard]] std::string value_of(std::string_view name) const
    {
        const auto found =
            std::ranges::find(made, name, &std::pair<std::string, std::string>::first);
        return found == made.end() ? std::string() : found->second;
    }

    void otherwise(const char* name, const char* value)
    {
        if (value_of(name).empty())
            made.emplace_back(name, value);
    }

    std::vector<std::pair<std::string, std::string>> made;
};

} // namespace

int statement_result::rows() const noexcept
{
    return PQntuples(result_.get());
}

std::uint64_t statement_result::changes() const noexcept
{
    return std::strtoull(PQcmdTuples(result_.get()), nullptr, 10);
}

bool statement_result::is_null(int row, int column) const noexcept
{
    return PQgetisnull(result_.get(), row, column) != 0;
}

bool statement_result::boolean(int row, int column) const noexcept
{
    return text(row, column) == std::string_view("\1", 1);
}

std::int64_t statement_result::number(int row, int column) const noexcept
{
    std::uint64_t made = 0;
    for (const char each : text(row, column))
        made = made << 8 | static_cast<unsigned char>(each);
    return static_cast<std::int64_t>(made);
}

std::string_view statement_result::text(int row, int column) const noexcept
{
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

void statement_result::end::operator()(pg_result* result) const noexcept
{
    PQclear(result);
}

void postgres_connection::end::operator()(pg_conn* handle) const noexcept
{
    PQfinish(handle);
}

postgres_connection::postgres_connection(const std::string& connection, const char* name)
{
    settings_reader read(connection);
    if (!read.value_of("password").empty())
        throw journal_error("journal: its address has a password, which others can read; one in "
                            "PGPASSWORD or in a file that PGPASSFILE names was expected");
    const std::string hosts = read.value_of("host") + read.value_of("hostaddr");
    if (!are_here(hosts) && read.value_of("sslmode").empty())
    {
        read.otherwise("sslmode", "verify-full");
        read.otherwise("sslrootcert", "/etc/ssl/certs/ca-certificates.crt");
    }
    read.otherwise("application_name", name);
    read.otherwise("client_encoding", "UTF8");
    read.otherwise("connect_timeout", "3");
    read.otherwise("tcp_user_timeout", "5000");
    read.otherwise("keepalives_idle", "2");
    read.otherwise("keepalives_interval", "1");
    read.otherwise("keepalives_count", "3");
    read.otherwise("target_session_attrs", "read-write");
    const std::string database = read.value_of("dbname");
    name_ = "postgresql://" + hosts + (database.empty() ? "" : "/" + database);
    settings_ = std::move(read.made);
}

void postgres_connection::open()
{
    close();
    prepared_.clear();
    added_.clear();
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : settings_)
    {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    if (handle_ == nullptr)
        throw std::bad_alloc();
    if (PQstatus(handle_.get()) != CONNECTION_OK)
        lose(one_line(PQerrorMessage(handle_.get())));
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    if (PQsetnonblocking(handle_.get(), 1) != 0 || PQenterPipelineMode(handle_.get()) != 1)
        lose(one_line(PQerrorMessage(handle_.get())));
}

void postgres_connection::lose(const std::string& why)
{
    close();
    throw database_away(name_ + ": " + why +
                        "; a PostgreSQL server that can be written was "
                        "expected");
}

void postgres_connection::add(const char* sql, statement_values values)
{
    added_.push_back({sql, {}, std::move(values)});
}

void postgres_connection::add_once(std::string sql, statement_values values)
{
    added_.push_back({nullptr, std::move(sql), std::move(values)});
}

// A statement is prepared when it is sent first, in the same go.
void postgres_connection::send(const addition& what)
{
    const std::vector<unsigned>& types = what.values.types();
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const std::string& each : what.values.texts())
    {
        values.push_back(each.data());
        lengths.push_back(static_cast<int>(each.size()));
    }
    const std::vector<int> formats(values.size(), binary);
    const int count = static_cast<int>(values.size());
    bool is_sent = true;
    if (what.sql == nullptr)
        is_sent = PQsendQueryParams(handle_.get(), what.once.c_str(), count, types.data(),
                                    values.data(), lengths.data(), formats.data(), binary) == 1;
    else
    {
        auto [found, is_new] = prepared_.try_emplace(what.sql);
        if (is_new)
        {
            found->second = "p" + std::to_string(prepared_.size());
            is_sent = PQsendPrepare(handle_.get(), found->second.c_str(), what.sql, count,
                                    types.data()) == 1;
        }
        is_sent = is_sent &&
                  PQsendQueryPrepared(handle_.get(), found->second.c_str(), count, values.data(),
                                      lengths.data(), formats.data(), binary) == 1;
    }
    if (!is_sent)
        lose(one_line(PQerrorMessage(handle_.get())));
}

// Until a result is there, or none will be.
void postgres_connection::wait(clock::time_point until)
{
    for (;;)
    {
        const int unsent = PQflush(handle_.get());
        if (unsent < 0 || (unsent == 0 && PQisBusy(handle_.get()) == 0))
            return;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now());
        if (left.count() <= 0)
            lose("no answer in time");
        pollfd waiting{PQsocket(handle_.get()),
                       static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&waiting, 1, static_cast<int>(left.count()));
        if (PQconsumeInput(handle_.get()) == 0)
            return;
    }
}

std::vector<statement_result> postgres_connection::run(clock::time_point until)
{
    const std::vector<addition> all = std::exchange(added_, {});
    if (handle_ == nullptr)
        lose("there is no connection");
    for (const addition& each : all)
        send(each);
    if (PQpipelineSync(handle_.get()) != 1)
        lose(one_line(PQerrorMessage(handle_.get())));
    std::vector<statement_result> answers;
    for (;;)
    {
        wait(until);
        PGresult* const result = PQgetResult(handle_.get());
        if (result == nullptr)
        {
            if (PQstatus(handle_.get()) != CONNECTION_OK)
                lose(one_line(PQerrorMessage(handle_.get())));
            continue; // the end of one statement
        }
        statement_result answer(result);
        switch (PQresultStatus(result))
        {
        case PGRES_PIPELINE_SYNC: return answers;
        case PGRES_TUPLES_OK: answers.push_back(std::move(answer)); break;
        case PGRES_COMMAND_OK:
            if (*PQcmdStatus(result) != '\0') // else it was prepared
                answers.push_back(std::move(answer));
            break;
        default: refuse(result);
        }
    }
}

// The session is given up: which of the statements are prepared now is not known.
void postgres_connection::refuse(const pg_result* answer)
{
    const std::string state = field_of(answer, PG_DIAG_SQLSTATE);
    const std::string why = one_line(field_of(answer, PG_DIAG_MESSAGE_PRIMARY));
    if (is_away(state))
        lose(why.empty() ? one_line(PQerrorMessage(handle_.get())) : why);
    close();
    throw statement_refused(state, name_ + ": sqlstate " + state + ": " + why +
                                       "; a database of this journal was expected");
}

statement_result postgres_connection::ask(const char* sql, clock::time_point until,
                                          statement_values values)
{
    add(sql, std::move(values));
    std::vector<statement_result> answers = run(until);
    return std::move(answers.front());
}

} // namespace penstock::host
