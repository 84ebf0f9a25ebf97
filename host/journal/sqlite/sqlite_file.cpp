// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/sqlite_file.hpp"

#include <sqlite3.h>

namespace penstock::host
{

namespace
{

bool is_damage(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT;
}

bool may_pass(int code)
{
    switch (code)
    {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_CORRUPTFS:
        return false; // what was to be synced may be gone, and a second sync would not say so
    default: break;
    }
    return !is_damage(code) && (code & 0xff) != SQLITE_NOTADB;
}

} // namespace

sqlite_error::sqlite_error(const std::string& what, int code)
    : medium_error(what, may_pass(code)), is_corruption_(is_damage(code))
{
}

sqlite_file::sqlite_file(const std::filesystem::path& path, use purpose, const std::string& vfs)
    : name_(path.string())
{
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (purpose == use::writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(name_.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    handle_.reset(handle);
    if (code != SQLITE_OK)
        throw sqlite_error(name_ + ": " + sqlite3_errstr(code) + "; a journal was expected", code);
    sqlite3_busy_timeout(handle, 10'000);
    // The last connection would write and sync once more when it is closed: never after an error.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void sqlite_file::execute(const char* sql)
{
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        raise();
}

std::int64_t sqlite_file::number(const char* sql)
{
    statement asked(*this, sql);
    return asked.step() ? asked.integer(0) : 0;
}

bool sqlite_file::in_transaction() const noexcept
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t sqlite_file::changes() const noexcept
{
    return sqlite3_changes64(handle_.get());
}

void sqlite_file::raise() const
{
    throw sqlite_error(name_ + ": " + sqlite3_errmsg(handle_.get()),
                       sqlite3_extended_errcode(handle_.get()));
}

void sqlite_file::closer::operator()(sqlite3* handle) const noexcept
{
    sqlite3_close_v2(handle);
}

statement::statement(sqlite_file& file, std::string_view sql) : file_(&file)
{
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(file.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
        file.raise();
    handle_.reset(handle);
}

void statement::bind(int n, std::string_view text)
{
    // A null pointer would bind NULL, and an empty view may have one.
    if (sqlite3_bind_text64(handle_.get(), n, text.empty() ? "" : text.data(), text.size(),
                            SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
        file_->raise();
}

// As bytes and not as text: a column for numbers takes a text for one that looks like it.
void statement::bind(int n, std::span<const unsigned char> bytes)
{
    if (sqlite3_bind_blob64(handle_.get(), n, bytes.data(), bytes.size(), SQLITE_STATIC) !=
        SQLITE_OK)
        file_->raise();
}

void statement::bind(int n, std::int64_t number)
{
    if (sqlite3_bind_int64(handle_.get(), n, number) != SQLITE_OK)
        file_->raise();
}

bool statement::step()
{
    switch (sqlite3_step(handle_.get()))
    {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default: file_->raise();
    }
}

void statement::run()
{
    const rows_of rows(*this);
    while (step())
    {
    }
}

void statement::reset() noexcept
{
    sqlite3_reset(handle_.get());
}

std::string_view statement::text(int n) const
{
    const void* text = sqlite3_column_blob(handle_.get(), n);
    if (text == nullptr)
    {
        // Empty, null, or one that could not be read.
        const int code = sqlite3_extended_errcode(file_->handle());
        if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
            file_->raise();
        return {};
    }
    return {static_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), n))};
}

std::int64_t statement::integer(int n) const
{
    return sqlite3_column_int64(handle_.get(), n);
}

bool statement::is_number(int n) const noexcept
{
    return sqlite3_column_type(handle_.get(), n) == SQLITE_INTEGER;
}

int statement::columns() const noexcept
{
    return sqlite3_column_count(handle_.get());
}

void statement::finalizer::operator()(sqlite3_stmt* handle) const noexcept
{
    sqlite3_finalize(handle);
}

} // namespace penstock::host
