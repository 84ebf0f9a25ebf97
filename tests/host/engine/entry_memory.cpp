// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/entry.hpp"
#include "host/engine/receipts.hpp"
#include "host/journal/memory_journal.hpp"

#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(memory_of_entries)

using namespace penstock;
using namespace penstock::host;

namespace
{

// The bytes of this process that are in memory, Linux, proc(5).
std::size_t resident()
{
    std::size_t all = 0;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> all >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// With the meta that a request has at least.
entry_packet packet_with(std::size_t body)
{
    entry_packet made(packet(), "application/json");
    detail::packet_access::begin_text_meta(made.content);
    made.content.set_meta("requestmethod", "POST");
    made.content.set_meta("processingtime", "2026-11-30T11:39:36Z");
    made.content.set_meta("mimetype", "application/json");
    made.content.set_meta("contentlength", std::int64_t(body));
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

struct outcome
{
    std::size_t counted = 0;
    std::size_t taken = 0;
};

outcome fill_memory(std::size_t packets, std::size_t body)
{
    const std::size_t entries = (std::size_t{64} << 20) / (packets * (body + 1000));
    memory_journal journal;
    receipts all_receipts(journal);
    std::vector<std::unique_ptr<entry>> all;
    all.reserve(entries);
    outcome found;
    const std::size_t before = resident();
    for (std::size_t i = 0; i < entries; ++i)
    {
        all.push_back(entry_with(packets, body));
        found.counted += all.back()->bytes;
        identify(*all.back(), all_receipts.open(journal.number(), "catalogue"));
    }
    found.taken = resident() - before;
    return found;
}

// Compares what many entries take, with their receipts, with what they count. In a process of its
// own, in which nothing was freed that they could have.
void must_count_what_it_takes(std::size_t packets, std::size_t body)
{
    std::array<int, 2> ends;
    BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    BOOST_TEST_REQUIRE(child >= 0);
    if (child == 0)
    {
        try
        {
            const outcome found = fill_memory(packets, body);
            ::_exit(::write(ends[1], &found, sizeof found) == ssize_t{sizeof found} ? 0 : 1);
        }
        catch (...) // no second run of the other tests
        {
            ::_exit(1);
        }
    }
    ::close(ends[1]);
    outcome found;
    BOOST_TEST((::read(ends[0], &found, sizeof found) == ssize_t{sizeof found}));
    ::close(ends[0]);
    int status = 0;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST_MESSAGE("of " << packets << " packets of " << body << " bytes: " << found.taken
                             << " bytes taken, " << found.counted << " counted");
    BOOST_TEST(found.taken < found.counted + found.counted / 10);
    BOOST_TEST(found.taken > found.counted - found.counted / 5);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_small_request_counts_what_it_takes)
{
    must_count_what_it_takes(1, 20);
}

BOOST_AUTO_TEST_CASE(a_large_request_counts_what_it_takes)
{
    must_count_what_it_takes(1, 15'000);
}

BOOST_AUTO_TEST_CASE(a_request_of_many_parts_counts_what_it_takes)
{
    must_count_what_it_takes(10, 200);
}

BOOST_AUTO_TEST_SUITE_END()
