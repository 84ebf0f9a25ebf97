// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>

BOOST_AUTO_TEST_SUITE(memory)

// What only a journal in memory does.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

BOOST_AUTO_TEST_CASE(a_record_is_kept_in_the_call_and_never_handed_out)
{
    memory_journal journal;
    const appended one = append(journal, an_entry());
    BOOST_TEST((one.how.wait_for(std::chrono::seconds(0)) == std::future_status::ready));
    BOOST_TEST(journal.next("g", 0, {}).empty());
    BOOST_TEST(journal.kept().pending().empty());
    BOOST_TEST(journal.durability() == "memory");
    BOOST_TEST(journal.trouble().reason.empty());
}

BOOST_AUTO_TEST_CASE(the_usage_of_a_graph_is_that_of_its_letters_until_they_are_dropped)
{
    memory_journal journal;
    const auto usage = journal.kept().usage_of("g");
    const std::string first = journal.dead(a_dead_letter());
    const std::uint64_t one = usage->bytes();
    BOOST_TEST(one > 0);
    journal.dead(a_dead_letter());
    BOOST_TEST(usage->bytes() == 2 * one);
    BOOST_TEST(journal.kept().usage_of("other")->bytes() == 0);
    journal.kept().drop(first);
    BOOST_TEST(usage->bytes() == one);
    BOOST_TEST(journal.kept().count_dead_letters().kept == 1);
}

BOOST_AUTO_TEST_CASE(receipts_and_keys_go_after_their_age_or_when_there_are_too_many)
{
    std::atomic<int> hours{480'000};
    memory_journal_options two;
    two.most_receipts = 2;
    two.most_keys = 2;
    two.clock = [&] { return std::chrono::system_clock::time_point(std::chrono::hours(hours)); };
    memory_journal journal(two);
    std::vector<issue> all;
    for (const char* key : {"a", "b", "c"})
    {
        journal_entry with_key = an_entry();
        with_key.idempotency_key = key;
        all.push_back(keep(journal, with_key));
        journal.done(finished(all.back()));
        ++hours;
    }
    journal_queries& kept = journal.kept();
    BOOST_TEST(!kept.receipt(all[0].id).has_value());
    BOOST_TEST(kept.receipt(all[1].id).has_value());
    BOOST_TEST(!kept.key("a").has_value());
    BOOST_TEST(kept.key("b").has_value());
    hours += 23;
    BOOST_TEST(!kept.key("b").has_value());
    BOOST_TEST(kept.key("c").has_value());
    journal.done(finished(journal.number()));
    BOOST_TEST(!kept.receipt(all[1].id).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
