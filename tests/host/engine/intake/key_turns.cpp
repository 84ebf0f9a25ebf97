// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/key_turns.hpp"

#include "tests/host/engine/intake/noting_owner.hpp"
#include "tests/host/engine/intake/turning_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(turns_of_keys)

using namespace penstock::host;

namespace
{

std::unique_ptr<entry> an_entry(entry_number number, const std::string& key)
{
    auto made = std::make_unique<entry>();
    made->key = key;
    made->receipt = std::make_shared<receipt>(issue{number, {}}, "g");
    return made;
}

using numbers = std::vector<entry_number>;

numbers numbers_of(const std::vector<left_entry>& all)
{
    numbers found;
    for (const left_entry& each : all)
        found.push_back(each.number);
    return found;
}

struct setting
{
    tests::turning_journal journal;
    tests::noting_owner owner;
    key_turns turns{journal, owner, std::chrono::milliseconds(20)};

    void enter(entry_number number, const std::string& key, std::int64_t turn)
    {
        journal.give(number, turn);
        turns.enter(an_entry(number, key));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(concern_entries_of_a_key_in_a_shared_journal)
{
    setting of;
    BOOST_TEST(of.turns.concern(*an_entry(1, "key")));
    BOOST_TEST(!of.turns.concern(*an_entry(1, "")));
    memory_journal of_one_host;
    const key_turns none(of_one_host, of.owner);
    BOOST_TEST(!none.concern(*an_entry(1, "key")));
}

BOOST_AUTO_TEST_CASE(let_an_entry_go_that_waits_for_none_elsewhere)
{
    setting of;
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_until_earlier_ones_elsewhere_are_done)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.enter(2, "key", 11); // the journal knows of none elsewhere before this one
    of.enter(3, "another", 12);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    BOOST_TEST(of.owner.gone(1) == numbers{3});
    BOOST_TEST(numbers_of(of.turns.left()) == (numbers{1, 2}));
    BOOST_TEST(!of.turns.is_empty());
    of.journal.wait({});
    BOOST_TEST(of.owner.gone(3) == (numbers{3, 1, 2}));
    of.owner.wait_until_all_have_gone_on();
    BOOST_TEST(of.turns.is_empty());
}

BOOST_AUTO_TEST_CASE(let_an_earlier_one_that_was_taken_over_pass)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.enter(2, "key", 9);
    BOOST_TEST(of.owner.gone(1) == numbers{2});
    of.enter(3, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 3}));
    of.journal.wait({});
    BOOST_TEST(of.owner.gone(3) == (numbers{2, 1, 3}));
}

BOOST_AUTO_TEST_CASE(come_to_each_of_many_keys)
{
    setting of;
    std::set<entry_number> all;
    for (entry_number each = 1; each <= 5'000; ++each)
        all.insert(each);
    of.journal.wait(all);
    for (const entry_number each : all)
        of.enter(each, std::to_string(each), static_cast<std::int64_t>(each));
    BOOST_TEST(of.owner.left(all.size()).size() == all.size());
    all.erase(4'999);
    of.journal.wait(all);
    BOOST_TEST(of.owner.gone(1) == numbers{4'999});
    of.journal.wait({});
    numbers gone = of.owner.gone(5'000);
    std::ranges::sort(gone);
    BOOST_TEST((std::ranges::adjacent_find(gone) == gone.end()));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_that_cannot_be_processed_now)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.set_works(false);
    of.journal.wait({});
    of.owner.wait_until_asked_back();
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    of.owner.set_works(true);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_that_is_next_while_nothing_is_processed)
{
    setting of;
    of.owner.set_works(false);
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.set_works(true);
    BOOST_TEST(of.owner.gone(1) == numbers{1});
}

BOOST_AUTO_TEST_CASE(let_an_entry_go_that_the_journal_knows_no_more)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    of.journal.forget(1);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
    BOOST_TEST(of.owner.known() == 1U);
}

BOOST_AUTO_TEST_CASE(tell_once_of_a_key_that_waits_for_long_for_another_host)
{
    setting of;
    of.owner.set_works(false);
    of.enter(1, "key", 10); // waits, but for no other host
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.wait_until_asked_back();
    of.journal.wait({2, 3, 4});
    of.enter(2, "another", 11);
    of.enter(3, "another", 12);
    of.enter(4, "third", 13);
    BOOST_TEST(of.owner.standing(2) == 2U);
    of.owner.wait_until_asked_back();
    BOOST_TEST(of.owner.standing(0) == 2U);
}

BOOST_AUTO_TEST_CASE(ask_again_what_the_journal_has_not_answered)
{
    setting of;
    of.journal.set_away(true);
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    of.owner.wait_for_failure();
    of.journal.set_away(false);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(give_up_what_waits)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.journal.set_away(true);
    of.enter(2, "another", 11);
    BOOST_TEST(numbers_of(of.turns.left()) == numbers{1});
    of.turns.drop(1);
    BOOST_TEST(of.turns.left().empty());
    of.owner.wait_for_failure();
    const auto arrived = of.turns.take_arrived();
    BOOST_TEST_REQUIRE(arrived.size() == 1U);
    BOOST_TEST(arrived.front()->receipt->number() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
