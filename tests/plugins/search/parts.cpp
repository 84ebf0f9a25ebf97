// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents that were made of one document: its chunks, pages and members.
#include "search/search_directory.hpp"

#include <boost/test/unit_test.hpp>

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
    packet second = part("a", 2, "");
    keep(packets(part("a", 1, "1"), std::move(second)));
    BOOST_TEST(found("stone").size() == 2U);
    keep(packets(order_to_delete("a")));
    BOOST_TEST(found("stone").empty());
}

BOOST_AUTO_TEST_SUITE_END()
