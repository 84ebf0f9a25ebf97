// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/left_places.hpp"

#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(left_by_hosts)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// Looks for the place of a host that is gone until it is found.
std::unique_ptr<left_place> take(journal& by)
{
    std::unique_ptr<left_place> found;
    BOOST_REQUIRE(becomes([&] { return (found = by.take_place({"g"})) != nullptr; }));
    return found;
}

/// What another host appends that takes an entry over.
journal_entry taken(const journal_entry& what, std::int64_t term)
{
    journal_entry made = what;
    made.number = 0;
    made.taken_from = what.number;
    made.taken_in = term;
    return made;
}

postgres_options impatient(const shared_database& place, const std::string& identity)
{
    postgres_options options = place.options(identity);
    options.lease = 200ms;
    return options;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_a_host_has_left_is_taken_over_once_with_its_id_and_dead_letters)
{
    const shared_database place;
    postgres_journal two(impatient(place, "two"));
    issue left;
    std::string letter;
    {
        postgres_journal one(impatient(place, "one"));
        left = keep(one, an_entry("g", std::string(100'000, 'x')));
        letter = one.dead(a_dead_letter(left.number));
    }
    const std::unique_ptr<left_place> found = take(two);
    const std::vector<journal_entry> entries = found->next("g", 0);
    BOOST_REQUIRE(entries.size() == 1);
    BOOST_TEST((entries[0].id == left.id));
    appended first = append(two, taken(entries[0], found->term()));
    BOOST_TEST((first.how.get() == commit::kept));
    BOOST_TEST((first.given.id == left.id));
    BOOST_TEST(first.given.number != left.number);
    BOOST_TEST((append(two, taken(entries[0], found->term())).how.get() == commit::refused));
    BOOST_TEST(found->next("g", 0).empty());
    BOOST_REQUIRE(all_of(two).size() == 1);
    BOOST_TEST(all_of(two)[0].body.size() == 100'000);
    BOOST_TEST(two.kept().pending(left.id).has_value());

    finished_entry end = finished({first.given.number, left.id});
    two.done(end);
    BOOST_REQUIRE(two.flush());
    BOOST_TEST(two.kept().receipt(left.id).has_value());
    BOOST_TEST(two.kept().original(letter)->body.size() == 100'000);
    BOOST_TEST(all_of(two).empty());
}

BOOST_AUTO_TEST_CASE(what_is_taken_over_while_answers_are_lost_is_neither_lost_nor_refused)
{
    waiting_database place;
    postgres_options options = impatient(place, "two");
    options.patience = 300ms;
    postgres_journal two(options);
    issue left;
    {
        postgres_journal one(impatient(place, "one"));
        left = keep(one);
    }
    const std::unique_ptr<left_place> found = take(two);
    const journal_entry read = found->next("g", 0).at(0);
    place.wait_for_nobody();
    appended moved = append(two, taken(read, found->term()), false);
    BOOST_REQUIRE(becomes([&] { return !two.trouble().reason.empty(); }));
    place.wait_no_more();
    BOOST_TEST((moved.how.get() == commit::kept));
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries") == 1);
    BOOST_REQUIRE(all_of(two).size() == 1);
    BOOST_TEST((all_of(two)[0].id == left.id));
}

BOOST_AUTO_TEST_CASE(what_was_read_of_a_place_before_its_host_came_back_is_refused)
{
    const shared_database place;
    postgres_journal two(impatient(place, "two"));
    {
        postgres_journal one(impatient(place, "one"));
        keep(one);
    }
    std::unique_ptr<left_place> found = take(two);
    const journal_entry read = found->next("g", 0).at(0);
    const std::int64_t term = found->term();
    found.reset();
    postgres_journal one(impatient(place, "one"));
    BOOST_TEST((append(two, taken(read, term)).how.get() == commit::refused));
    BOOST_TEST(all_of(one).size() == 1);
    BOOST_TEST(all_of(two).empty());
}

BOOST_AUTO_TEST_CASE(a_host_that_is_there_keeps_its_place_though_the_database_was_away)
{
    shared_database place;
    postgres_options options = impatient(place, "one");
    options.patience = 20s;
    postgres_journal one(options);
    postgres_journal two(impatient(place, "two"));
    const issue left = keep(one);
    const char* incarnation = "SELECT incarnation FROM penstock.hosts WHERE identity = 'one'";
    const std::int64_t before = place.count(incarnation);
    const auto looks = [&]
    {
        try
        {
            return two.take_place({"g"}) != nullptr;
        }
        catch (const journal_error&)
        {
            return false; // while it is away
        }
    };
    for (int i = 0; i < 3; ++i)
    {
        place.server.kill();
        const auto until = std::chrono::steady_clock::now() + 500ms; // longer than the lease
        while (std::chrono::steady_clock::now() < until)
            BOOST_TEST(!looks());
        place.server.start();
        const auto later = std::chrono::steady_clock::now() + 500ms;
        while (std::chrono::steady_clock::now() < later)
            BOOST_TEST(!looks());
    }
    keep(one);
    BOOST_TEST(one.kept().pending(left.id).has_value());
    BOOST_TEST(place.count(incarnation) == before);
}

BOOST_AUTO_TEST_CASE(a_host_that_is_gone_and_has_left_nothing_keeps_its_receipts_alone)
{
    const shared_database place;
    postgres_journal two(impatient(place, "two"));
    issue ended;
    {
        postgres_journal one(impatient(place, "one"));
        ended = keep(one);
        one.done(finished(ended));
    }
    BOOST_TEST(becomes(
        [&]
        {
            static_cast<void>(two.take_place({"g"}));
            return place.count("SELECT count(*) FROM penstock.hosts WHERE is_clear") == 1;
        }));
    BOOST_TEST(place.count("SELECT count(*) FROM pg_class WHERE relname = 'entries_4294967296'") ==
               0);
    BOOST_TEST(two.kept().receipt(ended.id).has_value());
    postgres_journal again(impatient(place, "one"));
    keep(again);
    BOOST_TEST(all_of(again).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
