// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

BOOST_AUTO_TEST_SUITE(every_journal)

// What every journal does.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

// In no namespace, for the names of the cases.
struct on_disk
{
    scratch place;
    sqlite_journal journal{place.options()};
};

struct only_memory
{
    memory_journal journal;
};

struct in_database
{
    shared_database place;
    postgres_journal journal{place.options()};
};

namespace
{

using all_journals = boost::mpl::list<on_disk, only_memory, in_database>;

/// Waits until everything that was called before is committed.
void flush(journal& of)
{
    keep(of, an_entry("flush"));
}

} // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(numbers_count_up_and_ids_sort_by_them, Of, all_journals)
{
    Of of;
    const issue first = keep(of.journal);
    const issue second = of.journal.number();
    const issue third = keep(of.journal);
    BOOST_TEST(second.number == first.number + 1);
    BOOST_TEST(third.number == first.number + 2);
    BOOST_TEST((first.id < second.id && second.id < third.id));
    BOOST_TEST(first.id.high < second.id.high);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_receipt_is_found_by_its_id_alone, Of, all_journals)
{
    Of of;
    const issue one = keep(of.journal);
    finished_entry end = finished(one);
    end.receipt.accepted = std::chrono::system_clock::time_point(1s);
    end.receipt.durable = true;
    end.receipt.dropped = 2;
    end.receipt.failed = 3;
    end.receipt.dead_count = 4;
    end.receipt.more = R"({"dead":[]})";
    of.journal.done(end);
    flush(of.journal);

    const auto found = of.journal.kept().receipt(one.id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->id == one.id));
    BOOST_TEST(found->graph == "g");
    BOOST_TEST((found->accepted == end.receipt.accepted));
    BOOST_TEST(found->durable);
    BOOST_TEST(found->delivered == 1);
    BOOST_TEST(found->dropped == 2);
    BOOST_TEST(found->failed == 3);
    BOOST_TEST(found->dead_count == 4);
    BOOST_TEST(found->more == end.receipt.more);
    packet_id other = one.id;
    ++other.high;
    BOOST_TEST(!of.journal.kept().receipt(other).has_value());
    BOOST_TEST(!of.journal.kept().receipt(packet_id{}).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_idempotency_key_leads_to_its_request, Of, all_journals)
{
    Of of;
    journal_entry with_key = an_entry();
    with_key.idempotency_key = "g:once";
    with_key.fingerprint = sha256("a request");
    const issue one = keep(of.journal, with_key);
    const auto found = of.journal.kept().key("g:once");
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->id == one.id));
    BOOST_TEST((found->fingerprint == with_key.fingerprint));
    BOOST_TEST(!of.journal.kept().key("g:twice").has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_dead_letter_comes_back_whole, Of, all_journals)
{
    Of of;
    const dead_letter sent = a_dead_letter(7, "why");
    const std::string id = of.journal.dead(sent);
    flush(of.journal);
    const auto found = of.journal.kept().find_dead_letter(id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->id == id);
    BOOST_TEST(found->entry == 7);
    BOOST_TEST(found->graph == sent.graph);
    BOOST_TEST(found->node == sent.node);
    BOOST_TEST(found->component == sent.component);
    BOOST_TEST(found->reason == sent.reason);
    BOOST_TEST((found->packet == sent.packet));
    BOOST_TEST(found->receipts == sent.receipts, boost::test_tools::per_element());
    BOOST_TEST(found->attempts == 3);
    BOOST_TEST((found->time == sent.time));
    BOOST_TEST(!of.journal.kept().find_dead_letter("no").has_value());
    BOOST_TEST(!of.journal.kept().find_dead_letter("99").has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(letters_are_listed_newest_first_by_pages_and_filters, Of,
                              all_journals)
{
    Of of;
    std::vector<std::string> ids;
    for (int i = 0; i < 6; ++i)
    {
        dead_letter made = a_dead_letter(0, i % 2 == 0 ? "even number" : "odd number");
        made.node = i < 3 ? "low" : "high";
        ids.push_back(of.journal.dead(made));
    }
    flush(of.journal);
    journal_queries& kept = of.journal.kept();
    const auto ids_of = [](const std::vector<dead_letter>& dead_letters)
    {
        std::string text;
        for (const dead_letter& each : dead_letters)
            text += each.id + " ";
        return text;
    };
    BOOST_TEST(ids_of(kept.dead_letters({}, 2, "")) == ids[5] + " " + ids[4] + " ");
    BOOST_TEST(ids_of(kept.dead_letters({}, 2, ids[4])) == ids[3] + " " + ids[2] + " ");
    BOOST_TEST(ids_of(kept.dead_letters({.graph = "", .node = "low", .reason = "even"}, 9, "")) ==
               ids[2] + " " + ids[0] + " ");
    BOOST_TEST(kept.dead_letters({.graph = "other", .node = "", .reason = ""}, 9, "").empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_dropped_dead_letter_is_gone, Of, all_journals)
{
    Of of;
    const std::string id = of.journal.dead(a_dead_letter());
    BOOST_TEST(of.journal.kept().drop(id));
    BOOST_TEST(!of.journal.kept().drop(id));
    BOOST_TEST(!of.journal.kept().drop("x"));
    BOOST_TEST(!of.journal.kept().find_dead_letter(id).has_value());
    BOOST_TEST(of.journal.kept().count_dead_letters().kept == 0);
    BOOST_TEST(of.journal.dead(a_dead_letter()) != id);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(blames_are_kept_until_their_graph_is_cleared, Of, all_journals)
{
    Of of;
    journal_queries& kept = of.journal.kept();
    blame first{{1, 2}, "g", "n", "p/c@1", "SIGSEGV", std::chrono::system_clock::time_point(5s)};
    blame second = first;
    second.graph = "other";
    kept.suspect(first);
    kept.suspect(second);
    auto found = kept.blames();
    BOOST_REQUIRE(found.size() == 2);
    BOOST_TEST((found[0].packet == first.packet));
    BOOST_TEST(found[0].graph == "g");
    BOOST_TEST(found[0].node == "n");
    BOOST_TEST(found[0].component == "p/c@1");
    BOOST_TEST(found[0].reason == "SIGSEGV");
    BOOST_TEST((found[0].time == first.time));
    kept.clear_suspects("g");
    found = kept.blames();
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0].graph == "other");
}

BOOST_AUTO_TEST_SUITE_END()
