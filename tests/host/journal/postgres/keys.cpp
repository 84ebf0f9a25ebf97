// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Keys among the hosts of a database: those of idempotency, and those that keep entries in order.
#include "host/journal/postgres/postgres_journal.hpp"

#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(keys_in_postgres)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

journal_entry once(const std::string& key, std::size_t size = 10)
{
    journal_entry made = an_entry("g", std::string(size, 'x'));
    made.key = "in order";
    made.idempotency_key = key;
    return made;
}

journal_entry of_key(const std::string& key, const std::string& graph = "g")
{
    journal_entry made = an_entry(graph, "");
    made.key = key;
    return made;
}

bool is_next(journal& at, const issue& what)
{
    const std::vector<key_turn> found = at.turns({what.number});
    BOOST_REQUIRE(found.size() == 1);
    return found[0].is_next;
}

postgres_options short_lease(const shared_database& place, const std::string& identity)
{
    postgres_options options = place.options(identity);
    options.lease = 200ms;
    return options;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_key_of_idempotency_that_is_in_use_at_any_host_keeps_an_entry_out)
{
    const shared_database place;
    postgres_journal one(place.options("one"));
    postgres_journal two(place.options("two"));
    const issue first = keep(one, once("a key"));
    for (postgres_journal* const each : {&one, &two})
        for (const std::size_t size : {10U, 100'000U})
            BOOST_TEST((append(*each, once("a key", size)).how.get() == commit::repeated));
    BOOST_TEST((two.kept().key("a key")->id == first.id));
    keep(two, once("another key"));
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries") == 2);
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.bodies") == 0);
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.turns") == 2);
}

BOOST_AUTO_TEST_CASE(of_entries_with_one_key_of_idempotency_at_once_one_is_kept)
{
    const shared_database place;
    postgres_journal one(place.options("one"));
    postgres_journal two(place.options("two"));
    for (int round = 0; round < 200; ++round)
    {
        const std::string key = std::to_string(round);
        appended first = append(one, once(key));
        appended second = append(two, once(key));
        const bool is_first = first.how.get() == commit::kept;
        BOOST_TEST(is_first != (second.how.get() == commit::kept));
        const packet_id kept = is_first ? first.given.id : second.given.id;
        BOOST_TEST((one.kept().key(key)->id == kept));
        BOOST_TEST((two.kept().key(key)->id == kept));
    }
    BOOST_TEST(all_of(one).size() + all_of(two).size() == 200);
}

BOOST_AUTO_TEST_CASE(a_key_of_idempotency_that_is_too_old_is_free)
{
    const shared_database place;
    postgres_options options = place.options();
    options.keep.keys = 0s;
    options.tidy = 1h;
    postgres_journal journal(options);
    keep(journal, once("a key"));
    const issue second = keep(journal, once("a key"));
    BOOST_TEST(all_of(journal).size() == 2);
    BOOST_TEST(static_cast<std::uint64_t>(place.count("SELECT number FROM penstock.keys")) ==
               second.number);
}

BOOST_AUTO_TEST_CASE(a_key_of_idempotency_whose_answer_is_lost_is_in_use_once)
{
    waiting_database place;
    postgres_journal journal(place.options());
    keep(journal, once("a key"));
    place.wait_for_nobody();
    appended repeated = append(journal, once("a key"));
    appended fresh = append(journal, once("another key"));
    BOOST_REQUIRE(place.cut_waiting_commit());
    place.wait_no_more();
    BOOST_TEST((repeated.how.get() == commit::repeated));
    BOOST_TEST((fresh.how.get() == commit::kept));
    BOOST_TEST(all_of(journal).size() == 2);
}

BOOST_AUTO_TEST_CASE(an_entry_of_a_key_is_next_when_no_earlier_one_is_pending_with_another_host)
{
    const shared_database place;
    postgres_journal one(place.options("one"));
    postgres_journal two(place.options("two"));
    const issue first = keep(one, of_key("key"));
    const issue second = keep(two, of_key("key"));
    const issue third = keep(one, of_key("key"));
    const issue other_key = keep(two, of_key("other"));
    const issue other_graph = keep(two, of_key("key", "other"));
    BOOST_TEST(is_next(one, first));
    BOOST_TEST(!is_next(two, second));
    BOOST_TEST(!is_next(one, third));
    BOOST_TEST(is_next(two, other_key));
    BOOST_TEST(is_next(two, other_graph));
    BOOST_TEST(two.turns({second.number})[0].turn > one.turns({first.number})[0].turn);

    one.done(finished(first));
    BOOST_REQUIRE(one.flush());
    BOOST_TEST(is_next(two, second));
    BOOST_TEST(!is_next(one, third));
    two.done(finished(second));
    BOOST_REQUIRE(two.flush());
    BOOST_TEST(is_next(one, third));
}

BOOST_AUTO_TEST_CASE(an_entry_waits_for_none_of_its_own_host_that_has_a_smaller_number)
{
    const shared_database place;
    postgres_journal journal(place.options());
    keep(journal, of_key("key"));
    BOOST_TEST(is_next(journal, keep(journal, of_key("key"))));
    const issue without = keep(journal, of_key(""));
    BOOST_TEST(journal.turns({without.number}).empty());
}

BOOST_AUTO_TEST_CASE(turns_are_found_quickly_though_the_planner_has_seen_an_empty_table)
{
    const shared_database place;
    postgres_journal journal(place.options());
    const issue first = keep(journal, of_key("key"));
    place.server.ask("ANALYZE penstock.turns");
    for (int i = 0; i < 20; ++i) // a session keeps its plan then
        BOOST_TEST(is_next(journal, first));
    const std::string from = std::to_string(first.number + 1);
    place.server.ask("ALTER TABLE penstock.turns SET (autovacuum_enabled = off)");
    place.server.ask("INSERT INTO penstock.turns SELECT " + from +
                     " + i, i % 1000, i + 100 FROM generate_series(0, 99999) AS i");
    std::vector<entry_number> numbers;
    for (entry_number each = 1; each <= 2'000; ++each)
        numbers.push_back(first.number + each);
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(journal.turns(numbers).size() == numbers.size());
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 2s));
}

BOOST_AUTO_TEST_CASE(what_is_taken_over_keeps_its_turn)
{
    const shared_database place;
    postgres_journal two(short_lease(place, "two"));
    issue early;
    issue between;
    issue late;
    {
        postgres_journal one(short_lease(place, "one"));
        early = keep(one, of_key("key"));
        between = keep(two, of_key("key"));
        late = keep(one, of_key("key"));
    }
    std::unique_ptr<left_place> found;
    BOOST_REQUIRE(becomes([&] { return (found = two.take_place({"g"})) != nullptr; }));
    std::vector<issue> moved;
    for (journal_entry each : found->next("g", 0))
    {
        each.taken_from = std::exchange(each.number, 0);
        each.taken_in = found->term();
        moved.push_back(keep(two, each));
    }
    BOOST_REQUIRE(moved.size() == 2);
    BOOST_TEST(is_next(two, moved[0]));
    BOOST_TEST(!is_next(two, between)); // for one with a greater number
    BOOST_TEST(is_next(two, moved[1])); // but for what is here already
    const auto turn = [&](const issue& of) { return two.turns({of.number})[0].turn; };
    BOOST_TEST(turn(moved[0]) < turn(between));
    BOOST_TEST(turn(between) < turn(moved[1]));
    two.done(finished(moved[0]));
    BOOST_REQUIRE(two.flush());
    BOOST_TEST(is_next(two, between));
}

BOOST_AUTO_TEST_SUITE_END()
