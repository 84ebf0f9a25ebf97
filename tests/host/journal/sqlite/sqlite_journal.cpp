// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/numbering.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <memory>
#include <optional>
#include <thread>

BOOST_AUTO_TEST_SUITE(sqlite)

// What a journal on disk does.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

struct a_journal
{
    scratch place;
    std::optional<sqlite_journal> journal{std::in_place, place.options()};

    void reopen()
    {
        journal.reset();
        journal.emplace(place.options());
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_record_is_read_back_byte_for_byte, a_journal)
{
    journal_entry sent = an_entry("g", std::string("\0\xff raw", 6));
    sent.key = "order";
    sent.idempotency_key = "once";
    sent.fingerprint = sha256("a request");
    const issue given = keep(*journal, sent);
    const auto read = journal->next("g", 0, {});
    BOOST_REQUIRE(read.size() == 1);
    BOOST_TEST(read[0].number == given.number);
    BOOST_TEST((read[0].id == given.id));
    BOOST_TEST(read[0].graph == "g");
    BOOST_TEST(read[0].key == "order");
    BOOST_TEST((read[0].accepted == sent.accepted));
    BOOST_TEST(read[0].head.view() == sent.head.view());
    BOOST_TEST((read[0].body == sent.body));
    BOOST_TEST(read[0].size == sent.size);
    BOOST_TEST(read[0].idempotency_key == "once");
    BOOST_TEST((read[0].fingerprint == sent.fingerprint));
}

BOOST_FIXTURE_TEST_CASE(ids_stay_as_they_are_when_the_host_gets_a_number, a_journal)
{
    std::vector<issue> given;
    for (const std::uint64_t host : {0U, 7U, 4'095U})
    {
        sqlite_journal_options options = place.options();
        options.host_number = host;
        journal.reset();
        journal.emplace(options);
        given.push_back(keep(*journal));
        given.push_back(keep(*journal));
        BOOST_TEST(host_number_of(given.back().id) == host);
        journal->done(finished(given.back())); // one stays, of the other there is the receipt
        keep(*journal);
    }
    reopen();
    for (std::size_t i = 0; i < given.size(); ++i)
    {
        const auto waits = journal->kept().pending(given[i].id);
        const auto ended = journal->kept().receipt(given[i].id);
        BOOST_TEST(waits.has_value() == (i % 2 == 0));
        BOOST_TEST(ended.has_value() == (i % 2 == 1));
        BOOST_TEST(((waits ? waits->id : ended->id) == given[i].id));
    }
}

BOOST_FIXTURE_TEST_CASE(records_outlive_the_process_and_numbers_go_on, a_journal)
{
    const issue first = keep(*journal);
    const issue gone = keep(*journal);
    journal->done(finished(gone));
    reopen();
    const auto left = all_of(*journal);
    BOOST_REQUIRE(left.size() == 1);
    BOOST_TEST(left[0].number == first.number);
    BOOST_TEST((left[0].id == first.id));
    BOOST_TEST(journal->kept().receipt(gone.id).has_value());
    BOOST_TEST(keep(*journal).number == gone.number + 1);
}

BOOST_FIXTURE_TEST_CASE(next_reads_in_order_from_after_a_number_within_its_limits, a_journal)
{
    std::vector<entry_number> numbers;
    for (int i = 0; i < 20; ++i)
    {
        numbers.push_back(keep(*journal, an_entry("g", std::string(100, 'x'))).number);
        keep(*journal, an_entry("other"));
    }
    BOOST_TEST(numbers_of(all_of(*journal)) == numbers, boost::test_tools::per_element());
    const auto some = journal->next("g", numbers[3], {.entries = 5, .bytes = 1'000'000});
    BOOST_REQUIRE(some.size() == 5);
    BOOST_TEST(some[0].number == numbers[4]);
    BOOST_TEST(journal->next("g", 0, {.entries = 9, .bytes = 250}).size() == 3);
    BOOST_TEST(journal->next("g", 0, {.entries = 9, .bytes = 1}).size() == 1);
    BOOST_TEST(journal->next("g", numbers.back(), {}).empty());
    BOOST_TEST(journal->next("none", 0, {}).empty());
}

BOOST_FIXTURE_TEST_CASE(pending_tells_what_is_left_of_each_graph, a_journal)
{
    const issue one = keep(*journal, an_entry("a", "12345"));
    const issue two = keep(*journal, an_entry("a", "123"));
    const issue three = keep(*journal, an_entry("b", ""));
    auto left = journal->kept().pending();
    BOOST_REQUIRE(left.size() == 2);
    BOOST_TEST(left[0].graph == "a");
    BOOST_TEST(left[0].entries == 2);
    BOOST_TEST(left[0].bytes == 28);
    BOOST_TEST(left[0].last == two.number);
    BOOST_TEST(left[1].graph == "b");
    journal->done(finished(two, "a"));
    journal->done(finished(three, "b"));
    reopen();
    left = journal->kept().pending();
    BOOST_REQUIRE(left.size() == 1);
    BOOST_TEST(left[0].entries == 1);
    BOOST_TEST(left[0].last == one.number);
}

BOOST_FIXTURE_TEST_CASE(a_pending_record_is_found_by_its_id_without_its_content, a_journal)
{
    const issue one = keep(*journal);
    const auto found = journal->kept().pending(one.id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->number == one.number);
    BOOST_TEST(found->head.empty());
    BOOST_TEST(found->body.empty());
    journal->done(finished(one));
    keep(*journal);
    BOOST_TEST(!journal->kept().pending(one.id).has_value());
}

BOOST_FIXTURE_TEST_CASE(an_original_is_kept_until_its_last_letter_is_dropped, a_journal)
{
    const issue one = keep(*journal, an_entry("g", "the original"));
    const std::string first = journal->dead(a_dead_letter(one.number));
    const std::string second = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    reopen();
    BOOST_TEST(all_of(*journal).empty());
    BOOST_TEST(journal->kept().pending().empty());
    const auto original = journal->kept().original(first);
    BOOST_REQUIRE(original.has_value());
    BOOST_TEST(original->body.view() == "the original");
    BOOST_TEST(journal->kept().drop(first));
    BOOST_TEST(journal->kept().original(second).has_value());
    BOOST_TEST(journal->kept().drop(second));
    BOOST_TEST(!journal->kept().original(second).has_value());
}

BOOST_FIXTURE_TEST_CASE(waiters_hear_of_the_commit_in_the_order_of_their_numbers, a_journal)
{
    struct waiter final : append_waiter
    {
        waiter(std::vector<entry_number>& to, std::promise<void>* all) : order(to), last(all) {}
        void issued(issue what) noexcept override { number = what.number; }
        void settled(commit) noexcept override
        {
            order.push_back(number);
            if (last != nullptr)
                last->set_value();
        }
        std::vector<entry_number>& order;
        std::promise<void>* last;
        entry_number number = 0;
    };
    std::vector<entry_number> order;
    std::promise<void> all;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back(
            [&]
            {
                for (int i = 0; i < 100; ++i)
                    journal->append(std::make_unique<journal_entry>(an_entry()),
                                    std::make_unique<waiter>(order, nullptr));
            });
    threads.clear();
    journal->append(std::make_unique<journal_entry>(an_entry()),
                    std::make_unique<waiter>(order, &all));
    all.get_future().get();
    BOOST_TEST(order.size() == 401);
    BOOST_TEST(std::ranges::is_sorted(order));
}

/// A journal that commits what nobody waits for only together with something else.
struct a_lazy_journal
{
    scratch place;
    std::optional<sqlite_journal> journal{std::in_place, options()};

    sqlite_journal_options options() const
    {
        sqlite_journal_options made = place.options();
        made.lazy = 1h;
        made.look = 1h; // at which all that waits is written
        return made;
    }
};

BOOST_FIXTURE_TEST_CASE(a_record_that_nobody_waits_for_is_written_if_it_is_not_done, a_lazy_journal)
{
    appended lazy = append(*journal, an_entry(), false);
    BOOST_TEST((lazy.how.wait_for(0s) == std::future_status::timeout));
    keep(*journal);
    BOOST_TEST((lazy.how.get() == commit::kept));
    BOOST_TEST(all_of(*journal).front().number == lazy.given.number);
}

BOOST_FIXTURE_TEST_CASE(a_record_that_is_done_before_it_is_written_leaves_its_receipt_alone,
                        a_lazy_journal)
{
    appended lazy = append(*journal, an_entry(), false);
    journal->done(finished(lazy.given));
    journal->flush();
    BOOST_CHECK_THROW(lazy.how.get(), std::future_error); // it was neither kept nor refused
    BOOST_TEST(all_of(*journal).empty());
    BOOST_TEST(journal->kept().receipt(lazy.given.id).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_record_that_letters_refer_to_is_written_though_it_is_done, a_lazy_journal)
{
    appended lazy = append(*journal, an_entry("g", "its body"), false);
    const std::string id = journal->dead(a_dead_letter(lazy.given.number));
    finished_entry ended = finished(lazy.given);
    ended.receipt.dead_count = 1;
    journal->done(ended);
    journal->flush();
    BOOST_TEST((lazy.how.get() == commit::kept));
    BOOST_TEST(all_of(*journal).empty());
    BOOST_REQUIRE(journal->kept().original(id).has_value());
    BOOST_TEST(journal->kept().original(id)->body.view() == "its body");
}

BOOST_FIXTURE_TEST_CASE(a_key_is_kept_though_its_record_is_done_before_it_is_written,
                        a_lazy_journal)
{
    journal_entry with_key = an_entry();
    with_key.idempotency_key = "once";
    appended lazy = append(*journal, with_key, false);
    journal->done(finished(lazy.given));
    journal->flush();
    BOOST_TEST((lazy.how.get() == commit::kept));
    BOOST_TEST(journal->kept().key("once").has_value());
}

BOOST_AUTO_TEST_CASE(closing_settles_every_waiter_and_commits_what_is_done)
{
    const scratch place;
    std::vector<appended> sent;
    std::optional<sqlite_journal> journal(std::in_place, place.options());
    for (int i = 0; i < 300; ++i)
        sent.push_back(append(*journal, an_entry()));
    journal->done(finished(sent[0].given)); // not yet committed, perhaps
    journal.reset();
    for (appended& each : sent)
        BOOST_TEST((each.how.get() == commit::kept));
    journal.emplace(place.options());
    BOOST_TEST(all_of(*journal).size() == 299);
}

BOOST_AUTO_TEST_CASE(closing_beside_a_reader_leaves_the_log_to_the_next_start)
{
    const scratch place;
    std::optional<sqlite_journal> journal(std::in_place, place.options());
    keep(*journal);
    {
        sqlite_file reader(place.file(), sqlite_file::use::reading, "");
        reader.execute("BEGIN");
        BOOST_TEST(reader.number("SELECT count(*) FROM bundles") == 1); // holds this state
        for (int i = 0; i < 100; ++i)
            keep(*journal);
        // Closing does not wait for the reader; if it did, the log would be cut as soon as it goes.
        std::future<void> closing = std::async(std::launch::async, [&] { journal.reset(); });
        BOOST_TEST((closing.wait_for(5s) == std::future_status::ready));
        BOOST_TEST(reader.number("SELECT count(*) FROM bundles") == 1);
        reader.execute("COMMIT");
        closing.get();
    }
    journal.emplace(place.options());
    BOOST_TEST(journal->trouble().reason == "");
    BOOST_TEST(all_of(*journal).size() == 101U);
}

BOOST_AUTO_TEST_CASE(the_file_is_its_owners_alone)
{
    const scratch place;
    const sqlite_journal journal(place.options());
    for (const auto& each : std::filesystem::directory_iterator(place.path()))
        BOOST_TEST((std::filesystem::status(each.path()).permissions() ==
                    (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
}

BOOST_AUTO_TEST_SUITE_END()
