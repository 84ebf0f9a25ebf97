// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The rule of one lane: a packet is used on the thread of its lane alone.
#ifdef PENSTOCK_ASSERTS_LANES

#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

using penstock::packet;
using penstock::recording::carrying;
using penstock::recording::packet_access;
using penstock::recording::receipt;
using penstock::recording::runtime;

namespace
{

// How a process ends that does this on a thread which is not the lane of the packet.
int end_of_a_process_that(const std::function<void(packet&)>& does)
{
    const pid_t child = fork();
    if (child == 0)
    {
        std::signal(SIGABRT, SIG_DFL);
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        receipt r;
        runtime node;
        packet p = carrying(r);
        std::thread([&] { does(p); }).join();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

bool aborts(const std::function<void(packet&)>& does)
{
    const int status = end_of_a_process_that(does);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_debug_build_aborts_when_a_packet_is_used_outside_its_lane)
{
    BOOST_TEST(aborts([](packet& p) { const packet gone = std::move(p); }));
    BOOST_TEST(aborts([](packet& p) { const packet copy = packet_access::share(p); }));
    BOOST_TEST(aborts([](packet& p) { const packet child = p.derive(); }));
    BOOST_TEST(end_of_a_process_that([](packet& p) { (void)p.id(); }) == 0);
}

#endif
