// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/inflight.hpp"

#include "host/supervise/crash_report.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(places_of_threads)

using namespace penstock::host::supervise;

namespace
{

const std::vector<named_node> two{{"read", "json/read@1"}, {"write", "files/write@2"}};

} // namespace

BOOST_AUTO_TEST_CASE(what_runs_is_named)
{
    shared_memory memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", two);
    std::vector<running_slice> running;
    threads.running(running);
    BOOST_TEST(running.empty());
    lane->run(2);
    threads.running(running);
    BOOST_REQUIRE(running.size() == 1u);
    const auto name = inflight::name_of(memory, running.front().record);
    BOOST_REQUIRE(name.has_value());
    BOOST_TEST(name->graph == "g");
    BOOST_TEST(name->node == "write");
    BOOST_TEST(name->component == "files/write@2");
    lane->rest();
    threads.running(running);
    BOOST_TEST(running.empty());
}

BOOST_AUTO_TEST_CASE(whatever_is_written_into_the_memory_is_read_within_it)
{
    shared_memory memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", two);
    std::vector<running_slice> running;
    for (const std::uint32_t astray : {0xffffffffU, 0x7fffffffU, 65'536U, 8'193U})
    {
        memory.head().slots_used.store(astray);
        memory.slot(0).slice.store(astray);
        threads.running(running);
        BOOST_TEST(running.size() <= shared_memory::slot_count);
        BOOST_TEST(ran_at_the_end(memory).size() <= shared_memory::slot_count);
        BOOST_TEST(!inflight::name_of(memory, astray).has_value());
        memory.record(1).name.store(astray);
        static_cast<void>(inflight::name_of(memory, 1));
    }
    std::fill_n(memory.text(), shared_memory::text_size, 'x'); // no name ends
    memory.record(1).name.store(1);
    BOOST_TEST(!inflight::name_of(memory, 1).has_value());
}

BOOST_AUTO_TEST_CASE(the_lane_itself_has_no_name)
{
    shared_memory memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", two);
    lane->run(0);
    std::vector<running_slice> running;
    threads.running(running);
    BOOST_TEST(running.empty());
}

BOOST_AUTO_TEST_CASE(each_turn_differs_from_the_one_before)
{
    shared_memory memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", two);
    std::vector<running_slice> first, second;
    lane->run(1);
    threads.running(first);
    lane->beat();
    threads.running(second);
    BOOST_REQUIRE(first.size() == 1u);
    BOOST_REQUIRE(second.size() == 1u);
    BOOST_TEST(first.front().record == second.front().record);
    BOOST_TEST((first.front() != second.front()));
}

BOOST_AUTO_TEST_CASE(work_of_the_blocking_pool_is_no_lanes_turn)
{
    shared_memory memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", two);
    const auto blocking = threads.make_blocking();
    blocking->run_foreign(lane->number_of(1));
    std::vector<running_slice> running;
    threads.running(running);
    BOOST_TEST(running.empty());
    const auto ran = ran_at_the_end(memory);
    BOOST_REQUIRE(ran.size() == 1u);
    BOOST_TEST(ran.front().node == "read");
}

BOOST_AUTO_TEST_CASE(places_are_used_again)
{
    shared_memory memory;
    inflight threads(memory);
    const std::string long_name(200, 'x');
    for (int n = 0; n < 20'000; ++n)
    {
        const auto lane = threads.make_lane(long_name, {{"a", "b/c"}, {"d", "e/f"}});
        BOOST_REQUIRE(lane->number_of(1) != 0);
    }
    BOOST_TEST(memory.head().slots_used.load() == 1u);
}

BOOST_AUTO_TEST_CASE(where_there_is_no_room_lanes_run_unwatched)
{
    shared_memory memory;
    inflight threads(memory);
    std::vector<std::unique_ptr<worker_slot>> lanes;
    for (std::size_t n = 0; n <= shared_memory::slot_count; ++n)
        lanes.push_back(threads.make_lane("g", two));
    BOOST_TEST(lanes.front()->number_of(1) != 0u);
    BOOST_TEST(lanes.back()->number_of(1) == 0u);
    lanes.back()->run(1);
    lanes.back()->record(2).has_packet.store(1);
    std::vector<running_slice> running;
    threads.running(running);
    BOOST_TEST(running.empty());
}

BOOST_AUTO_TEST_SUITE_END()
