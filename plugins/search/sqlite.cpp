// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sqlite.hpp"

#include <filesystem>

#include <sqlite3.h>
#include <sys/stat.h>

namespace search_package
{

bool database_error::is_unavailable() const noexcept
{
    switch (code_ & 0xff) // without what extends it
    {
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_READONLY: return true;
    default: return false;
    }
}

bool database_error::was_interrupted() const noexcept
{
    return (code_ & 0xff) == SQLITE_INTERRUPT;
}

connection::connection(const std::string& path, use purpose)
    : name_(std::filesystem::path(path).stem().string()), log_(path + "-wal")
{
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (purpose == use::writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                               : SQLITE_OPEN_READONLY);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK)
        throw database_error("database " + name_ + ": " + sqlite3_errstr(code), code);
    sqlite3_busy_timeout(handle, 10'000);
}

void connection::execute(const char* sql)
{
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        raise();
}

bool connection::is_orphaned()
{
    int has_moved = 0;
    if (sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) !=
        SQLITE_OK)
        raise();
    std::optional<std::pair<std::uint64_t, std::uint64_t>> now;
    struct stat found;
    if (::stat(log_.c_str(), &found) == 0)
        now.emplace(found.st_dev, found.st_ino);
    if (!log_file_)
        log_file_ = now;
    return has_moved != 0 || now != log_file_;
}

void connection::work_log_in() noexcept
{
    sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
}

std::int64_t connection::last_row() const noexcept
{
    return sqlite3_last_insert_rowid(handle_.get());
}

bool connection::in_transaction() const noexcept
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

void connection::raise() const
{
    throw database_error("database " + name_ + ": " + sqlite3_errmsg(handle_.get()),
                         sqlite3_extended_errcode(handle_.get()));
}

void connection::closer::operator()(sqlite3* handle) const noexcept
{
    sqlite3_close_v2(handle);
}

statement::statement(connection& connection, std::string_view sql) : connection_(&connection)
{
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
        connection.raise();
    handle_.reset(handle);
}

void statement::bind(int n, std::string_view text)
{
    // A null pointer would bind NULL, and an empty view may have one.
    if (sqlite3_bind_text64(handle_.get(), n, text.empty() ? "" : text.data(), text.size(),
                            SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
        connection_->raise();
}

void statement::bind(int n, std::int64_t number)
{
    if (sqlite3_bind_int64(handle_.get(), n, number) != SQLITE_OK)
        connection_->raise();
}

void statement::bind_pointer(int n, void* value, const char* type)
{
    if (sqlite3_bind_pointer(handle_.get(), n, value, type, nullptr) != SQLITE_OK)
        connection_->raise();
}

bool statement::step()
{
    switch (sqlite3_step(handle_.get()))
    {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: connection_->raise();
    }
}

void statement::run()
{
    while (step())
    {
    }
    reset();
}

void statement::reset() noexcept
{
    sqlite3_reset(handle_.get());
}

std::string_view statement::text(int n) const
{
    const unsigned char* text = sqlite3_column_text(handle_.get(), n);
    if (text == nullptr)
        return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), n))};
}

std::int64_t statement::integer(int n) const
{
    return sqlite3_column_int64(handle_.get(), n);
}

double statement::real(int n) const
{
    return sqlite3_column_double(handle_.get(), n);
}

void statement::finalizer::operator()(sqlite3_stmt* handle) const noexcept
{
    sqlite3_finalize(handle);
}

time_limit::time_limit(connection& of, std::chrono::milliseconds time)
    : of_(of), end_(std::chrono::steady_clock::now() + time)
{
    constexpr int steps = 1'000; // of SQLite's machine between two looks at the clock
    sqlite3_progress_handler(of_.handle(), steps, &time_limit::look, this);
}

time_limit::~time_limit()
{
    sqlite3_progress_handler(of_.handle(), 0, nullptr, nullptr);
}

int time_limit::look(void* limit) noexcept
{
    return static_cast<time_limit*>(limit)->is_over() ? 1 : 0;
}

} // namespace search_package
