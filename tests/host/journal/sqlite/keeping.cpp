// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How long a journal keeps what it need not.
#include "host/journal/sqlite/journal_check.hpp"
#include "host/journal/sqlite/journal_store.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

BOOST_AUTO_TEST_SUITE(keeping)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// A journal whose clock is the test's, and which looks for what is old all the time.
struct ageing
{
    scratch place;
    std::atomic<std::int64_t> hours{480'000};
    std::optional<sqlite_journal> journal;

    sqlite_journal_options options()
    {
        sqlite_journal_options made = place.options();
        made.clock = [this]
        { return std::chrono::system_clock::time_point(std::chrono::hours(hours)); };
        made.lazy = 1ms;
        made.tidy = 1ms;
        return made;
    }

    /// Waits until `is_so`; false after 10 s.
    template <class Condition>
    static bool comes_true(Condition is_so)
    {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (!is_so())
        {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(receipts_go_after_their_age, ageing)
{
    journal.emplace(options());
    const issue one = keep(*journal);
    journal->done(finished(one));
    keep(*journal);
    hours += 23;
    const issue two = keep(*journal);
    journal->done(finished(two));
    keep(*journal);
    BOOST_TEST(journal->kept().receipt(one.id).has_value());
    hours += 2;
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(one.id).has_value(); }));
    BOOST_TEST(journal->kept().receipt(two.id).has_value());
}

BOOST_FIXTURE_TEST_CASE(the_last_receipts_are_kept_and_those_before_go, ageing)
{
    sqlite_journal_options few = options();
    few.keep.most_receipts = 3;
    journal.emplace(few);
    std::vector<issue> all;
    for (int i = 0; i < 5; ++i)
    {
        all.push_back(keep(*journal));
        journal->done(finished(all.back()));
    }
    keep(*journal);
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(all[1].id).has_value(); }));
    BOOST_TEST(journal->kept().receipt(all[2].id).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_key_is_free_again_after_its_window, ageing)
{
    journal.emplace(options());
    journal_entry with_key = an_entry();
    with_key.idempotency_key = "once";
    const issue first = keep(*journal, with_key);
    hours += 24;
    BOOST_TEST((journal->kept().key("once")->id == first.id));
    hours += 1;
    BOOST_TEST(!journal->kept().key("once").has_value());
    const issue second = keep(*journal, with_key);
    BOOST_TEST((journal->kept().key("once")->id == second.id));
}

BOOST_FIXTURE_TEST_CASE(the_last_keys_are_kept_and_those_before_go_after_a_restart_too, ageing)
{
    sqlite_journal_options few = options();
    few.keep.most_keys = 3;
    journal.emplace(few);
    const auto use = [&](const char* key)
    {
        journal_entry with_key = an_entry();
        with_key.idempotency_key = key;
        keep(*journal, with_key);
    };
    for (const char* key : {"a", "b", "c"})
        use(key);
    journal.reset();
    journal.emplace(few);
    for (const char* key : {"d", "e"})
        use(key);
    BOOST_TEST(comes_true([&] { return !journal->kept().key("b").has_value(); }));
    BOOST_TEST(!journal->kept().key("a").has_value());
    for (const char* key : {"c", "d", "e"})
        BOOST_TEST(journal->kept().key(key).has_value(), key);
}

// Else the limit would take keys before their time, or each commit would have to count them.
BOOST_AUTO_TEST_CASE(a_key_that_is_used_again_counts_once)
{
    const scratch place;
    {
        const sqlite_journal journal(place.options());
    }
    sqlite_file file(place.file(), sqlite_file::use::writing, "");
    journal_store store(file);
    store.begin();
    for (entry_number number = 1; number <= 3; ++number)
    {
        std::vector<operation> one;
        journal_entry with_key = an_entry();
        with_key.number = number;
        with_key.idempotency_key = number == 2 ? "other" : "once";
        one.emplace_back(
            append_operation{std::make_unique<journal_entry>(std::move(with_key)), nullptr});
        store.apply(one, 0);
    }
    BOOST_TEST(store.counts().keys == 2);
    store.roll_back();
    BOOST_TEST(store.counts().keys == 0);
}

BOOST_FIXTURE_TEST_CASE(letters_expire_by_age_if_that_is_set_and_are_counted, ageing)
{
    sqlite_journal_options month = options();
    month.keep.dead_letters = 24h * 30;
    journal.emplace(month);
    const issue one = keep(*journal);
    const std::string id = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    keep(*journal);
    hours += 24 * 30 + 1;
    BOOST_TEST(comes_true([&] { return journal->kept().count_dead_letters().expired == 1; }));
    BOOST_TEST(!journal->kept().find_dead_letter(id).has_value());
    BOOST_TEST(journal->kept().count_dead_letters().kept == 0);
    journal.reset();
    BOOST_TEST(check_journal(place.path()).originals == 0);
    journal.emplace(month);
    BOOST_TEST(journal->kept().count_dead_letters().expired == 1);
}

BOOST_FIXTURE_TEST_CASE(no_letter_goes_by_itself, ageing)
{
    journal.emplace(options());
    const issue one = keep(*journal);
    const std::string id = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    const issue two = keep(*journal);
    journal->done(finished(two));
    keep(*journal); // they are committed
    hours += 24 * 365;
    keep(*journal);
    // The journal has tidied: receipts are gone.
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(two.id).has_value(); }));
    BOOST_TEST(journal->kept().find_dead_letter(id).has_value());
    BOOST_TEST(journal->kept().original(id).has_value());
    BOOST_TEST(journal->kept().count_dead_letters().expired == 0);
}

BOOST_FIXTURE_TEST_CASE(the_usage_of_letters_counts_the_records_they_refer_to_after_a_restart_too,
                        ageing)
{
    journal.emplace(options());
    std::vector<std::uint64_t> heard;
    journal->kept().usage_of("g")->watch(this,
                                         [&](std::uint64_t bytes) { heard.push_back(bytes); });
    const issue one = keep(*journal, an_entry("g", std::string(4'000, 'x')));
    const std::string first = journal->dead(a_dead_letter(one.number));
    const std::string second = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    keep(*journal, an_entry("other"));
    const std::uint64_t bytes = journal->kept().usage_of("g")->bytes();
    BOOST_TEST(bytes > 4'000);
    BOOST_TEST(bytes < 5'000);
    BOOST_TEST(journal->kept().usage_of("other")->bytes() == 0);
    journal->kept().usage_of("g")->watch(this, {});
    BOOST_TEST(heard.front() == 0);
    BOOST_TEST(heard.back() == bytes);

    journal.reset();
    journal.emplace(options());
    BOOST_TEST(journal->kept().usage_of("g")->bytes() == bytes);
    BOOST_TEST(journal->kept().drop(first));
    BOOST_TEST(journal->kept().usage_of("g")->bytes() > 4'000);
    BOOST_TEST(journal->kept().drop(second));
    BOOST_TEST(journal->kept().usage_of("g")->bytes() == 0);
}

BOOST_FIXTURE_TEST_CASE(blames_go_after_a_day, ageing)
{
    journal.emplace(options());
    journal->kept().suspect({});
    hours += 23;
    journal->kept().suspect({});
    hours += 2;
    BOOST_TEST(journal->kept().blames().size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
