// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a bulk request, and what is pending of it, may hold.
#include "host/api/data/bulk_request.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/lane/plan.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(bulk_bounds)

using namespace penstock::host::http::testing;
namespace host = penstock::host;
namespace http = penstock::host::http;

namespace
{

constexpr std::pair<std::string_view, std::string_view> lines{"Content-Type",
                                                              "application/x-ndjson"};

// The sources that entries of documents with these ids have, and whether each is a part of `body`.
std::vector<std::pair<std::string, bool>> sources_of(const penstock::bytes& body,
                                                     std::vector<host::api::bulk_item> items)
{
    const host::memory_journal journal;
    const auto request = std::make_shared<host::api::bulk_request>(
        std::move(items), body, journal, http::reply{std::make_shared<http::completion>([] {})});
    std::vector<std::pair<std::string, bool>> found;
    const std::string_view whole = body.view();
    for (const auto& each : request->make_entries({}, host::plan()))
        for (const host::entry_packet& packet : each->packets)
        {
            const std::string_view data = packet.content.data().view();
            const bool is_part = !std::less<>()(data.data(), whole.data()) &&
                                 std::less<>()(data.data(), whole.data() + whole.size());
            found.emplace_back(data, is_part);
        }
    return found;
}

std::vector<host::api::bulk_item> items_of(std::string_view body,
                                           const std::vector<std::string>& ids)
{
    std::vector<host::api::bulk_item> items;
    for (std::size_t i = 0; i < ids.size(); ++i)
    {
        host::api::bulk_item& made = items.emplace_back();
        made.action = "index";
        made.index = "books";
        made.id = ids[i];
        made.source = body.substr(i, 1);
    }
    return items;
}

} // namespace

BOOST_AUTO_TEST_CASE(entries_of_several_documents_have_no_part_of_the_body)
{
    const penstock::bytes body(std::string("123"));
    const auto found = sources_of(body, items_of(body.view(), {"a", "b", "c"}));
    BOOST_TEST_REQUIRE(found.size() == 3U);
    std::string all;
    for (const auto& [source, is_part] : found)
    {
        BOOST_TEST(!is_part, source);
        all += source;
    }
    BOOST_TEST(all == "123"); // in the order of the documents
}

BOOST_AUTO_TEST_CASE(the_only_entry_of_a_request_has_the_body_itself)
{
    const penstock::bytes body(std::string("12"));
    for (const auto& [source, is_part] : sources_of(body, items_of(body.view(), {"a", "a"})))
        BOOST_TEST(is_part, source);
}

BOOST_AUTO_TEST_CASE(the_index_of_an_address_counts_for_each_item)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    std::string body;
    for (int i = 0; i < 1'500; ++i)
        body += "{\"index\":{}}\n{}\n";
    const auto status_of = [&](std::size_t index)
    { return host.send("POST", '/' + std::string(index, 'x') + "/_bulk", body, {lines}).status; };
    BOOST_TEST(status_of(10) == 200U);
    BOOST_TEST(status_of(4'000) == 413U); // 6 MB of meta
}

BOOST_AUTO_TEST_SUITE_END()
