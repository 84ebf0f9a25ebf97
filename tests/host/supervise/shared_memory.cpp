// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/shared_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstring>
#include <string>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(shared_page)

using namespace penstock::host::supervise;
using penstock::host::descriptor;

BOOST_AUTO_TEST_CASE(both_sides_see_the_same)
{
    const descriptor memory = shared_memory::make();
    const shared_memory one(memory.number());
    const shared_memory other(memory.number());
    one.head().serving.store(1);
    one.record(3).has_packet.store(7);
    std::strcpy(one.text() + 100, "graph");
    BOOST_TEST(other.head().serving.load() == 1u);
    BOOST_TEST(other.record(3).has_packet.load() == 7u);
    BOOST_TEST(other.text() + 100 == std::string("graph"));
}

BOOST_AUTO_TEST_CASE(its_size_cannot_be_changed)
{
    const descriptor memory = shared_memory::make();
    const shared_memory mapped(memory.number());
    BOOST_TEST(::ftruncate(memory.number(), 0) != 0);
    BOOST_TEST(::ftruncate(memory.number(), std::int64_t{1} << 30) != 0);
    BOOST_TEST(mapped.text()[shared_memory::text_size - 1] == '\0'); // else SIGBUS
}

BOOST_AUTO_TEST_CASE(clearing_forgets_the_crash_and_keeps_what_the_supervisor_told)
{
    const descriptor memory = shared_memory::make();
    shared_memory shared(memory.number());
    shared.head().died_at.store(5);
    shared.head().crash.progress.store(crash_note::written);
    shared.record(shared_memory::record_count - 1).has_packet.store(7);
    shared.slot(9).slice.store(1);
    shared.text()[shared_memory::text_size - 1] = 'x';
    shared.clear();
    BOOST_TEST(shared.head().died_at.load() == 5);
    BOOST_TEST(shared.head().crash.progress.load() == crash_note::nothing);
    BOOST_TEST(shared.record(shared_memory::record_count - 1).has_packet.load() == 0u);
    BOOST_TEST(shared.slot(9).slice.load() == 0u);
    BOOST_TEST(shared.text()[shared_memory::text_size - 1] == '\0');
}

BOOST_AUTO_TEST_CASE(a_process_without_a_supervisor_has_one_of_its_own)
{
    shared_memory own;
    own.slot(1).slice.store(4);
    BOOST_TEST(own.slot(1).slice.load() == 4u);
    own.clear();
    BOOST_TEST(own.slot(1).slice.load() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
