// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "checkpoint_statement.hpp"

#include <penstock/unavailable.hpp>

#include <stdexcept>

namespace files_package
{

namespace
{

bool is_for_a_while(int code)
{
    switch (code & 0xff) // without what extends it
    {
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_PERM:
    case SQLITE_READONLY: return true;
    default: return false;
    }
}

} // namespace

void raise_checkpoint_error(sqlite3* database)
{
    const char* const name = sqlite3_db_filename(database, "main");
    const std::string why =
        (name == nullptr || *name == 0 ? std::string("checkpoint") : std::string(name)) + ": " +
        sqlite3_errmsg(database);
    if (is_for_a_while(sqlite3_extended_errcode(database)))
        throw penstock::unavailable(why);
    throw std::runtime_error(why);
}

} // namespace files_package
