// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(failovers_of_postgres)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

/// A server and a standby of it. The standby knows nothing of what comes after it is left behind.
class database_pair
{
public:
    database_pair()
    {
        primary_.start();
        standby_.emplace(&primary_);
        standby_->start();
    }

    /// Of both servers.
    [[nodiscard]] postgres_options options(const std::string& identity) const
    {
        postgres_options made;
        made.connection = "host=" + folder_of(primary_) + "," + folder_of(*standby_) +
                          " dbname=postgres user=owner";
        made.identity = identity;
        made.patience = std::chrono::seconds(10);
        return made;
    }

    /// Commits wait for a standby by that name from now on; for none if it is empty.
    void wait_for(const std::string& name) const
    {
        primary_.ask("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        primary_.ask("SELECT pg_reload_conf()");
        BOOST_REQUIRE(
            becomes([&] { return primary_.ask("SHOW synchronous_standby_names").at(0) == name; }));
    }

    void leave_standby_behind()
    {
        wait_for("");
        standby_->kill();
    }

    void fail_over()
    {
        primary_.kill();
        standby_->start();
        standby_->ask("SELECT pg_promote()");
    }

private:
    static std::string folder_of(const database_server& server)
    {
        const std::string all = server.connection();
        return all.substr(5, all.find(' ') - 5); // host=…
    }

    database_server primary_;
    std::optional<database_server> standby_;
};

/// Waits until the standby has what is committed.
issue keep_replicated(postgres_journal& in)
{
    issue made;
    const auto is_replicated = [&]
    {
        made = keep(in);
        return in.replicates();
    };
    BOOST_REQUIRE(becomes(is_replicated));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_replicated_is_there_after_a_failover_and_what_was_durable_may_not_be)
{
    database_pair servers;
    issue replicated;
    issue durable;
    {
        postgres_journal one(servers.options("one"));
        servers.wait_for("standby");
        replicated = keep_replicated(one);
        servers.leave_standby_behind();
        durable = keep(one);
        BOOST_TEST(!one.replicates());
        servers.fail_over();
        const issue later = keep(one);
        BOOST_TEST(!one.replicates());
        BOOST_TEST(one.kept().pending(replicated.id).has_value());
        BOOST_TEST(one.kept().pending(later.id).has_value());
        BOOST_TEST(!one.kept().pending(durable.id).has_value());

        // It was in memory, and so was processed all the same.
        one.done(finished(durable));
        BOOST_REQUIRE(one.flush());
        BOOST_TEST(one.kept().receipt(durable.id).has_value());
    }
    postgres_journal again(servers.options("one"));
    const issue next = keep(again);
    BOOST_TEST((next.id != durable.id));
    BOOST_TEST(again.kept().pending(replicated.id).has_value());
}

BOOST_AUTO_TEST_CASE(a_host_whose_registration_is_lost_leaves_its_place_to_who_has_it_now)
{
    database_pair servers;
    postgres_journal one(servers.options("one"));
    servers.wait_for("standby");
    keep_replicated(one);
    servers.leave_standby_behind();
    postgres_journal two(servers.options("two"));
    keep(two);
    servers.fail_over();
    postgres_journal three(servers.options("three")); // by the number that two had
    keep(three);
    BOOST_TEST((append(two, an_entry()).how.get() == commit::refused));
    BOOST_TEST(!two.trouble().passes);
    BOOST_TEST((append(three, an_entry()).how.get() == commit::kept));
    BOOST_TEST(three.trouble().reason == "");
    BOOST_TEST(all_of(three).size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
