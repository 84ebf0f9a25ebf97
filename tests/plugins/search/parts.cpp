// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents that were made of one document: its chunks, pages and members.
#include "part_list.hpp"
#include "search/search_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace penstock::search_tests;
namespace json = penstock::json;
using penstock::packet;

namespace
{

packet part(const std::string& whole, int number, const std::string& version,
            const std::string& name = "document")
{
    packet made = data_directory::document(whole + "." + std::to_string(number),
                                           {{"text", "stone " + std::to_string(number)}});
    made.set_meta(name, whole);
    made.set_meta("version", version);
    return made;
}

packet accepted(const std::string& time, packet made)
{
    made.set_meta("processingtime", time);
    return made;
}

constexpr const char* first = "2026-01-01T00:00:01Z";
constexpr const char* second = "2026-01-01T00:00:02Z";
constexpr const char* third = "2026-01-01T00:00:03Z";

void keep(std::vector<packet> given)
{
    (void)data_directory::index(std::move(given));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_parts, data_directory)

BOOST_AUTO_TEST_CASE(an_order_to_delete_withdraws_all_parts_of_its_document)
{
    keep(packets(part("a", 1, "1"), part("a", 2, "1"), part("b", 1, "1", "parent"),
                 document("a", {{"text", "stone"}}), document("a.1x", {{"text", "stone"}})));
    BOOST_TEST(found("stone").size() == 5U);
    keep(packets(order_to_delete("a")));
    BOOST_TEST(found("stone").size() == 2U);
    keep(packets(order_to_delete("b")));
    BOOST_TEST(found("stone") == strings{R"("a.1x")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_new_version_withdraws_the_parts_that_it_has_no_more)
{
    keep(packets(part("a", 1, "1"), part("a", 2, "1"), part("a", 3, "1"), part("b", 1, "1")));
    keep(packets(part("a", 1, "2")));
    BOOST_TEST(found("stone 1").size() == 2U);
    BOOST_TEST(found("stone").size() == 2U);
    keep(packets(part("a", 1, "2"), part("a", 2, "2")));
    BOOST_TEST(found("stone").size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_document_that_becomes_one_of_its_own_is_no_part_any_more)
{
    keep(packets(part("a", 1, "1")));
    keep(packets(document("a.1", {{"text", "stone 1"}})));
    keep(packets(order_to_delete("a")));
    BOOST_TEST(found("stone").size() == 1U);
}

BOOST_AUTO_TEST_CASE(parts_of_unknown_versions_stay_until_they_are_deleted)
{
    keep(packets(part("a", 1, ""), part("a", 2, "1"), part("a", 3, "")));
    BOOST_TEST(found("stone").size() == 3U);
    keep(packets(part("a", 2, "2")));
    BOOST_TEST(found("stone").size() == 3U);
    keep(packets(order_to_delete("a")));
    BOOST_TEST(found("stone").empty());
}

// As the text of a mail, cut into chunks, behind its attachments: only chunks have a version.
BOOST_AUTO_TEST_CASE(the_attachments_and_the_text_of_a_mail_are_all_kept)
{
    keep(packets(part("mail", 1, "", "parent"), part("mail", 2, "", "parent"),
                 part("mail", 3, "123", "parent")));
    BOOST_TEST(found("stone").size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_part_of_an_old_version_that_comes_late_is_dropped_and_counted)
{
    keep(packets(accepted(first, part("f", 1, "1"))));
    keep(packets(accepted(second, part("f", 1, "2")), accepted(second, part("f", 2, "2"))));
    auto late =
        index(packets(accepted(first, part("f", 3, "1")), accepted(first, part("f", 1, "1")),
                      accepted(first, part("g", 1, "1"))));
    BOOST_TEST(late.dropped.size() == 2U);
    BOOST_TEST(late.delivered.size() == 1U);
    BOOST_TEST(late.metrics["late_documents"] == 2);
    BOOST_TEST(late.metrics["documents"] == 1);
    strings ids = found("stone");
    std::ranges::sort(ids);
    BOOST_TEST(ids == (strings{R"("f.1")", R"("f.2")", R"("g.1")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_late_part_in_the_batch_of_the_new_version_is_dropped_too)
{
    keep(packets(accepted(first, part("f", 1, "1")), accepted(second, part("f", 2, "2")),
                 accepted(first, part("f", 3, "1")), accepted(second, part("f", 4, "2"))));
    strings ids = found("stone");
    std::ranges::sort(ids);
    BOOST_TEST(ids == (strings{R"("f.2")", R"("f.4")"}), boost::test_tools::per_element());
}

// As a text that was changed and changed back: its version is a hash.
BOOST_AUTO_TEST_CASE(a_version_that_comes_back_is_the_newest_again)
{
    keep(packets(accepted(first, part("f", 1, "A")), accepted(first, part("f", 2, "A"))));
    keep(packets(accepted(second, part("f", 1, "B"))));
    keep(packets(accepted(third, part("f", 1, "A")), accepted(third, part("f", 2, "A"))));
    BOOST_TEST(found("stone").size() == 2U);
    keep(packets(accepted(second, part("f", 3, "B"))));
    BOOST_TEST(found("stone").size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_version_that_is_sent_again_stays_newer_than_one_in_between)
{
    keep(packets(accepted(first, part("f", 1, "A"))));
    keep(packets(accepted(third, part("f", 1, "A"))));
    keep(packets(accepted(second, part("f", 1, "B"))));
    auto late = index(packets(accepted(second, part("f", 2, "B"))));
    BOOST_TEST(late.dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_parts_without_a_time_the_one_that_comes_last_has_the_newest_version)
{
    keep(packets(part("f", 1, "2"), part("f", 2, "2")));
    keep(packets(part("f", 3, "1")));
    BOOST_TEST(found("stone") == strings{R"("f.3")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(parts_that_come_again_in_a_batch_are_not_withdrawn_before)
{
    using numbers = std::vector<std::int64_t>;
    search_package::connection database(directory.path("parts.sqlite"),
                                        search_package::connection::use::writing);
    search_package::part_list parts(database);
    for (std::int64_t number = 1; number <= 3; ++number)
        parts.put(number, "f", "1", first);
    BOOST_TEST(parts.take_outdated().empty());
    parts.put(1, "f", "2", second);
    parts.put(2, "f", "2", second);
    BOOST_TEST(parts.take_outdated() == numbers{3}, boost::test_tools::per_element());
    parts.forget(3);
    BOOST_TEST(parts.take_outdated().empty());
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_forgets_which_version_was_there)
{
    keep(packets(accepted(second, part("f", 1, "2"))));
    keep(packets(accepted(third, part("f", 2, "3")), order_to_delete("f"),
                 accepted(first, part("f", 1, "1"))));
    BOOST_TEST(found("stone") == strings{R"("f.1")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
