// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The program whose disk is watched: worker DIRECTORY SEED RECORDS SESSIONS [normal]. With the
// last word the journal's log is not synced, as many a queue has it.
#include "tests/faults/workload.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace
{

int leave_synchronous_alone(void* /*nothing*/, int what, const char* pragma, const char* value,
                            const char* /*database*/, const char* /*trigger*/)
{
    const bool sets =
        what == SQLITE_PRAGMA && value != nullptr && std::string_view(pragma) == "synchronous";
    return sets ? SQLITE_IGNORE : SQLITE_OK;
}

// Called for each connection that is opened.
int sync_less(sqlite3* connection, const char** /*error*/, const void* /*api*/)
{
    sqlite3_exec(connection, "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
    return sqlite3_set_authorizer(connection, leave_synchronous_alone, nullptr);
}

} // namespace

int main(int count, char* arguments[])
{
    if (count < 5)
    {
        std::cerr << "worker: too few words; DIRECTORY SEED RECORDS SESSIONS was expected\n";
        return 2;
    }
    penstock::faults::workload what;
    what.directory = arguments[1];
    what.seed = std::strtoull(arguments[2], nullptr, 10);
    what.records = std::strtoull(arguments[3], nullptr, 10);
    what.sessions = std::strtoull(arguments[4], nullptr, 10);
    if (count > 5 && std::string_view(arguments[5]) == "normal")
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&sync_less));
    return penstock::faults::work(what);
}
