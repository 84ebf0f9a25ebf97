// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/postgres_journal.hpp"
#include "tests/plugins/postgres/database_server.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace penstock::host::testing
{

/// Waits for a condition, for 20 s at most.
inline bool becomes(const std::function<bool()>& condition)
{
    for (const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
         !condition();)
    {
        if (std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

/// A server of PostgreSQL that runs as long as the object, for a journal.
class shared_database
{
public:
    shared_database() { server.start(); }

    [[nodiscard]] postgres_options options(const std::string& identity = "a host") const
    {
        postgres_options made;
        made.connection = server.connection();
        made.identity = identity;
        return made;
    }

    /// The only number that a query has for an answer.
    [[nodiscard]] std::int64_t count(const std::string& sql) const
    {
        return std::stoll(server.ask(sql).at(0));
    }

    database_server server;
};

/// A server whose commits wait, once they are on its disk, for a standby that does not come.
class waiting_database : public shared_database
{
public:
    void wait_for_nobody() const { set_standby("nobody"); }
    void wait_no_more() const { set_standby(""); }

    /// Waits until a commit waits, and cuts its session: the answer is lost.
    [[nodiscard]] bool cut_waiting_commit() const
    {
        return becomes(
            [this]
            {
                return count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                             "WHERE wait_event = 'SyncRep'") > 0;
            });
    }

private:
    void set_standby(const std::string& name) const
    {
        server.ask("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        server.ask("SELECT pg_reload_conf()");
        const bool is_set =
            becomes([&] { return server.ask("SHOW synchronous_standby_names").at(0) == name; });
        BOOST_REQUIRE(is_set);
        server.ask("CHECKPOINT"); // made by the process that says whether commits wait, which reads
                                  // the settings before
    }
};

} // namespace penstock::host::testing
