// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/crash_handler.hpp"

#include "host/base/crash_stack.hpp"
#include "host/supervise/crash_report.hpp"
#include "host/supervise/inflight.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace penstock::host::supervise;
using penstock::host::crash_stack;
using penstock::host::descriptor;

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true; // it catches the signals itself
#else
constexpr bool is_sanitized = false;
#endif

/// A process that dies, and what it says of that.
struct death
{
    int status = 0;
    std::optional<crash_report> report;
};

death die(const std::function<void(inflight&)>& how)
{
    const descriptor memory = shared_memory::make();
    shared_memory shared(memory.number());
    const pid_t child = ::fork();
    if (child == 0)
    {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        for (const int each : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) // the test's own
            ::signal(each, SIG_DFL);
        inflight threads(shared);
        crash_handler::install(shared);
        const crash_stack stack;
        how(threads);
        ::_exit(0);
    }
    death found;
    ::waitpid(child, &found.status, 0);
    found.report = last_crash(shared);
    return found;
}

std::unique_ptr<worker_slot> enter_lane(inflight& threads)
{
    auto lane = threads.make_lane("g", {{"first", "a/b@1"}, {"second", "c/d@2"}});
    lane->enter();
    lane->run(2);
    return lane;
}

// As careful mode does.
void note(node_record& in, penstock::packet_id packet)
{
    in.packet = packet;
    in.has_packet.store(1);
}

} // namespace

BOOST_AUTO_TEST_SUITE(deaths, *boost::unit_test::enable_if<!is_sanitized>())

BOOST_AUTO_TEST_CASE(the_component_and_the_packet_in_its_hand_are_blamed)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = enter_lane(threads);
            note(lane->record(2), {5, 6});
            ::raise(SIGSEGV);
        });
    BOOST_TEST(WIFSIGNALED(found.status));
    BOOST_TEST(WTERMSIG(found.status) == SIGSEGV);
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->who.graph == "g");
    BOOST_TEST(found.report->who.node == "second");
    BOOST_TEST(found.report->who.component == "c/d@2");
    BOOST_TEST(found.report->reason == "SIGSEGV");
    BOOST_TEST((found.report->packet == penstock::packet_id{5, 6}));
}

BOOST_AUTO_TEST_CASE(a_note_that_somebody_wrote_over_keeps_no_process_from_dying)
{
    for (const std::uint32_t astray : {7U, 0xffffffffU, std::uint32_t{crash_note::being_written}})
    {
        const auto begin = std::chrono::steady_clock::now();
        const death found = die(
            [astray](inflight& threads)
            {
                const auto lane = enter_lane(threads);
                threads.shared_memory().head().crash.progress.store(astray);
                ::raise(SIGSEGV);
            });
        BOOST_TEST(WTERMSIG(found.status) == SIGSEGV);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
        // One that another thread seems to write is waited for, and is no note when it does not
        // come.
        BOOST_TEST(found.report.has_value() == (astray != crash_note::being_written));
    }
}

BOOST_AUTO_TEST_CASE(of_two_packets_in_hand_none_is_blamed)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = enter_lane(threads);
            note(lane->record(2), {5, 6});
            lane->record(2).has_packet.store(0); // it got another one
            ::raise(SIGSEGV);
        });
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->who.node == "second");
    BOOST_TEST((found.report->packet == penstock::packet_id{}));
}

BOOST_AUTO_TEST_CASE(each_way_to_die_is_named)
{
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    {
        const death found = die(
            [number](inflight& threads)
            {
                const auto lane = enter_lane(threads);
                ::raise(number);
            });
        BOOST_TEST(WTERMSIG(found.status) == number);
        BOOST_REQUIRE(found.report.has_value());
        BOOST_TEST(found.report->reason == "SIG" + std::string(::sigabbrev_np(number)));
    }
}

BOOST_AUTO_TEST_CASE(abort_and_terminate_are_noted)
{
    for (void (*end)() : {+[] { std::abort(); }, +[] { std::terminate(); }})
    {
        const death found = die(
            [end](inflight& threads)
            {
                const auto lane = enter_lane(threads);
                end();
            });
        BOOST_TEST(WTERMSIG(found.status) == SIGABRT);
        BOOST_REQUIRE(found.report.has_value());
        BOOST_TEST(found.report->who.node == "second");
    }
}

BOOST_AUTO_TEST_CASE(an_access_to_the_guard_page_is_an_overflow)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = enter_lane(threads);
            void* const guard =
                ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            lane->record(2).stack_end.store(reinterpret_cast<std::uintptr_t>(guard));
            *static_cast<volatile int*>(guard) = 1;
        });
    BOOST_TEST(WTERMSIG(found.status) == SIGSEGV);
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->reason == "SIGSEGV, stack overflow");
}

BOOST_AUTO_TEST_CASE(a_thread_that_runs_no_component_blames_nobody)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = enter_lane(threads);
            std::thread([] { ::raise(SIGSEGV); }).join();
        });
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->who.node == "");
}

BOOST_AUTO_TEST_CASE(blocking_work_is_its_nodes)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = threads.make_lane("g", {{"first", "a/b@1"}, {"second", "c/d@2"}});
            note(lane->record(1), {5, 6});
            std::thread(
                [&]
                {
                    const auto blocking = threads.make_blocking();
                    blocking->enter();
                    blocking->run_foreign(lane->number_of(1));
                    ::raise(SIGSEGV);
                })
                .join();
        });
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->who.node == "first");
    BOOST_TEST((found.report->packet == penstock::packet_id{5, 6}));
}

BOOST_AUTO_TEST_CASE(a_hang_is_noted_before_the_abort_that_ends_it)
{
    const death found = die(
        [](inflight& threads)
        {
            const auto lane = enter_lane(threads);
            note(lane->record(2), {5, 6});
            crash_handler::note_hang(threads.shared_memory(), lane->number_of(2),
                                     std::chrono::seconds(10));
            std::abort();
        });
    BOOST_TEST(WTERMSIG(found.status) == SIGABRT);
    BOOST_REQUIRE(found.report.has_value());
    BOOST_TEST(found.report->reason == "ran for 10 s");
    BOOST_TEST((found.report->packet == penstock::packet_id{5, 6}));
}

BOOST_AUTO_TEST_CASE(who_is_killed_leaves_no_note_but_where_it_was)
{
    const descriptor memory = shared_memory::make();
    shared_memory shared(memory.number());
    const pid_t child = ::fork();
    if (child == 0)
    {
        inflight threads(shared);
        const auto lane = enter_lane(threads);
        ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    BOOST_TEST(!last_crash(shared).has_value());
    const auto ran = ran_at_the_end(shared);
    BOOST_REQUIRE(ran.size() == 1u);
    BOOST_TEST(ran.front().node == "second");
}

BOOST_AUTO_TEST_SUITE_END()
