// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_journal.hpp"

#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(in_postgres)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::string refusal(const postgres_options& options)
{
    try
    {
        const postgres_journal journal(options);
        return "";
    }
    catch (const journal_error& problem)
    {
        return problem.what();
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(what_a_host_has_left_comes_to_its_next_start_alone)
{
    const shared_database place;
    issue left;
    {
        postgres_journal journal(place.options("one"));
        left = keep(journal, an_entry("g", "a body"));
        journal.done(finished(keep(journal)));
        journal.flush();
    }
    postgres_journal other(place.options("two"));
    BOOST_TEST(all_of(other).empty());
    BOOST_TEST(other.kept().pending().empty());

    postgres_journal again(place.options("one"));
    const std::vector<journal_entry> found = all_of(again);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST((found[0].id == left.id));
    BOOST_TEST(found[0].number == left.number);
    BOOST_TEST(found[0].body.view() == "a body");
    BOOST_REQUIRE(again.kept().pending().size() == 1);
    BOOST_TEST(again.kept().pending()[0].entries == 1);
}

BOOST_AUTO_TEST_CASE(a_receipt_is_found_from_every_host)
{
    const shared_database place;
    postgres_journal one(place.options("one"));
    postgres_journal two(place.options("two"));
    const issue pending = keep(one);
    const issue ended = keep(one);
    one.done(finished(ended));
    BOOST_REQUIRE(one.flush());
    BOOST_TEST(two.kept().receipt(ended.id).has_value());
    BOOST_TEST(!two.kept().receipt(pending.id).has_value());
    BOOST_TEST(two.kept().pending(pending.id).has_value());
    BOOST_TEST((keep(two).id != pending.id));
}

BOOST_AUTO_TEST_CASE(what_is_large_and_what_is_no_text_comes_back_as_it_was)
{
    const shared_database place;
    postgres_journal journal(place.options());
    const std::string odd("\xff\x00'\\{}\n", 7);
    journal_entry what = an_entry("g", std::string(300'000, 'x') + odd);
    what.key = odd;
    what.idempotency_key = odd;
    what.head = bytes(std::string(odd));
    const issue given = keep(journal, what);
    dead_letter about = a_dead_letter(given.number, odd);
    const std::string letter = journal.dead(about);
    BOOST_REQUIRE(journal.flush());

    const std::vector<journal_entry> found = all_of(journal);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST((found[0].body.view() == what.body.view()));
    BOOST_TEST((found[0].key == odd && found[0].idempotency_key == odd));
    BOOST_TEST((found[0].head.view() == odd));
    BOOST_TEST(journal.kept().key(odd).has_value());
    BOOST_TEST(journal.kept().find_dead_letter(letter)->reason == odd);
    dead_letter_filter which;
    which.reason = odd;
    BOOST_TEST(journal.kept().dead_letters(which, 10, "").size() == 1);
    journal.done(finished(given));
    BOOST_REQUIRE(journal.flush());
    BOOST_TEST((journal.kept().original(letter)->body.view() == what.body.view()));
}

BOOST_AUTO_TEST_CASE(a_commit_whose_answer_is_lost_is_kept_and_not_done_again)
{
    waiting_database place;
    postgres_journal journal(place.options());
    keep(journal);
    place.wait_for_nobody();
    appended one = append(journal, an_entry("g", "once"));
    BOOST_REQUIRE(place.cut_waiting_commit());
    place.wait_no_more();
    BOOST_TEST((one.how.get() == commit::kept));
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries WHERE body = 'once'") == 1);
    BOOST_TEST(all_of(journal).size() == 2);
}

BOOST_AUTO_TEST_CASE(a_commit_waits_for_the_standby_whatever_the_role_has_set)
{
    waiting_database place;
    place.server.ask("ALTER ROLE owner SET synchronous_commit = off");
    postgres_journal journal(place.options());
    keep(journal);
    place.wait_for_nobody();
    appended one = append(journal, an_entry());
    BOOST_TEST(becomes(
        [&]
        {
            return place.count("SELECT count(*) FROM pg_stat_activity "
                               "WHERE wait_event = 'SyncRep'") > 0;
        }));
    place.wait_no_more();
    BOOST_TEST((one.how.get() == commit::kept));
}

BOOST_AUTO_TEST_CASE(an_entry_that_was_refused_is_not_there_when_the_database_is_back)
{
    waiting_database place;
    postgres_options options = place.options();
    options.patience = 300ms;
    postgres_journal journal(options);
    keep(journal);
    place.wait_for_nobody();
    appended one = append(journal, an_entry("g", "refused"));
    BOOST_TEST((one.how.get() == commit::refused)); // though it is on the disk
    BOOST_TEST(!journal.trouble().reason.empty());
    BOOST_TEST(journal.trouble().passes);
    place.wait_no_more();
    BOOST_REQUIRE(becomes([&] { return journal.trouble().reason.empty(); }));
    keep(journal, an_entry("g", "later"));
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries WHERE body = 'refused'") == 0);
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries WHERE body = 'later'") == 1);
}

BOOST_AUTO_TEST_CASE(a_database_that_is_back_in_time_is_waited_for)
{
    shared_database place;
    postgres_options options = place.options();
    options.patience = 20s;
    postgres_journal journal(options);
    const issue before = keep(journal);
    place.server.kill();
    appended one = append(journal, an_entry());
    journal.done(finished(before));
    place.server.start();
    BOOST_TEST((one.how.get() == commit::kept));
    BOOST_REQUIRE(journal.flush());
    BOOST_TEST(all_of(journal).size() == 1);
    BOOST_TEST(journal.kept().receipt(before.id).has_value());
}

BOOST_AUTO_TEST_CASE(a_start_waits_for_a_database_that_starts_too)
{
    shared_database place;
    place.server.kill();
    auto refused = std::async(std::launch::async, [&] { return refusal(place.options()); });
    place.server.start(); // which ends with the thread that started it
    BOOST_TEST(refused.get() == "");
}

BOOST_AUTO_TEST_CASE(an_identity_that_is_in_use_is_refused_and_free_again_at_once)
{
    const shared_database place;
    postgres_options options = place.options();
    options.lease = 500ms;
    {
        postgres_journal journal(options);
        keep(journal);
        BOOST_TEST(contains(refusal(options), "is held by another process"));
        keep(journal);
    }
    BOOST_TEST(refusal(options) == "");
}

BOOST_AUTO_TEST_CASE(a_host_that_has_lost_its_place_takes_in_nothing_more)
{
    const shared_database place;
    postgres_options options = place.options();
    std::atomic<bool> is_told = false;
    options.needs_restart = [&] { is_told = true; };
    postgres_journal journal(options);
    keep(journal);
    place.server.ask("UPDATE penstock.hosts SET incarnation = incarnation + 1");
    BOOST_TEST((append(journal, an_entry("g", "late")).how.get() == commit::refused));
    BOOST_TEST(!journal.trouble().passes);
    BOOST_TEST(becomes([&] { return is_told.load(); }));
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries WHERE body = 'late'") == 0);
}

BOOST_AUTO_TEST_CASE(hosts_that_start_together_get_places_of_their_own)
{
    const shared_database place;
    std::vector<std::future<issue>> starts;
    for (int i = 0; i < 6; ++i)
        starts.push_back(std::async(std::launch::async,
                                    [&, i]
                                    {
                                        postgres_journal journal(
                                            place.options("host " + std::to_string(i)));
                                        return keep(journal);
                                    }));
    std::set<entry_number> numbers;
    for (std::future<issue>& each : starts)
        numbers.insert(each.get().number);
    BOOST_TEST(numbers.size() == 6);
}

BOOST_AUTO_TEST_CASE(a_full_quota_lets_nothing_in_and_is_named)
{
    const shared_database place;
    postgres_options options = place.options();
    options.lease = 40ms;
    options.tidy = 0ms;
    options.quota = 100'000;
    postgres_journal journal(options);
    BOOST_REQUIRE(becomes([&] { return !journal.trouble().reason.empty(); }));
    BOOST_TEST(contains(journal.trouble().reason, " used; less than "));
    BOOST_TEST((append(journal, an_entry()).how.get() == commit::refused));
}

BOOST_AUTO_TEST_CASE(a_journal_of_another_version_is_refused)
{
    const shared_database place;
    BOOST_TEST(refusal(place.options()) == "");
    place.server.ask("UPDATE penstock.journal SET version = 2");
    BOOST_TEST(contains(refusal(place.options()), "has a journal of version 2; 1 was expected"));
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_read_is_refused)
{
    postgres_options options;
    options.connection = "postgresql://host/database?no_such_thing=1";
    options.identity = "a host";
    BOOST_TEST(contains(refusal(options), "no_such_thing"));
}

BOOST_AUTO_TEST_SUITE_END()
