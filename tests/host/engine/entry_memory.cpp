// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/entry.hpp"
#include "host/engine/receipts.hpp"
#include "host/journal/memory_journal.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <malloc.h>

BOOST_AUTO_TEST_SUITE(memory_of_entries)

using namespace penstock;
using namespace penstock::host;

namespace
{

constexpr std::size_t entries = 2000;

std::size_t allocated()
{
    const struct mallinfo2 heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

// With the meta that a request has at least.
entry_packet packet_with(std::size_t body)
{
    json::object meta;
    meta.reserve(6);
    meta["requestmethod"] = "POST";
    meta["processingtime"] = "2026-11-30T11:39:36.123Z";
    meta["mimetype"] = "application/json";
    meta["contentlength"] = body;
    entry_packet made;
    made.media = "application/json";
    made.content.set_meta(std::move(meta));
    made.content.set_data(bytes(std::string(body, 'x')));
    return made;
}

std::unique_ptr<entry> entry_with(std::size_t packets, std::size_t body)
{
    auto made = std::make_unique<entry>();
    for (std::size_t i = 0; i < packets; ++i)
        made->packets.push_back(packet_with(body));
    made->packets.shrink_to_fit();
    made->bytes = size_of(*made);
    return made;
}

// Compares what so many entries take, with their receipts, with what they count.
void must_count_what_it_takes(std::size_t packets, std::size_t body)
{
    memory_journal journal;
    receipts all_receipts(journal);
    std::vector<std::unique_ptr<entry>> all;
    all.reserve(entries);
    const std::size_t before = allocated();
    std::size_t counted = 0;
    for (std::size_t i = 0; i < entries; ++i)
    {
        all.push_back(entry_with(packets, body));
        counted += all.back()->bytes;
        identify(*all.back(), all_receipts.open(journal.number(), "catalogue"));
    }
    const std::size_t taken = allocated() - before;
    BOOST_TEST_MESSAGE("of " << packets << " packets of " << body
                             << " bytes: " << double(taken) / entries << " bytes taken, "
                             << double(counted) / entries << " counted");
    BOOST_TEST(taken < counted + counted / 20);
    BOOST_TEST(taken > counted - counted / 5);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_small_request_counts_what_it_takes)
{
    must_count_what_it_takes(1, 20);
}

BOOST_AUTO_TEST_CASE(a_large_request_counts_what_it_takes)
{
    must_count_what_it_takes(1, 17'000);
}

BOOST_AUTO_TEST_CASE(a_request_of_many_parts_counts_what_it_takes)
{
    must_count_what_it_takes(10, 200);
}

BOOST_AUTO_TEST_SUITE_END()
