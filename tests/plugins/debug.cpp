// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "captured_output.hpp"
#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>

using namespace std::string_literals;
using penstock::packet;
namespace json = penstock::json;

namespace
{

/// Runs debug/fail on one packet in a process of its own; returns how that ended, as wait() tells.
int end_of_process(const char* how)
{
    const ::pid_t child = ::fork();
    if (child != 0)
    {
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }
    for (const int each : {SIGSEGV, SIGABRT, SIGBUS, SIGVTALRM})
        std::signal(each, SIG_DFL);
    const ::rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    const ::itimerval busy{{0, 0}, {0, 200'000}}; // of processor time
    if (how == "hang"s)
        ::setitimer(ITIMER_VIRTUAL, &busy, nullptr);
    (void)run_entry(debug_package::fail_entry, {{"how", how}},
                    penstock::testing::packets(packet({{"a", 1}})));
    std::_Exit(0);
}

bool survives(const char* how)
{
    const int status = end_of_process(how);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

BOOST_AUTO_TEST_CASE(generate_makes_as_many_numbered_packets_as_asked)
{
    auto result = run_entry(debug_package::generate_entry,
                            {{"count", 3}, {"packet", {{"a", 1}, {"tags", {"x", "y"}}}}}, {});
    BOOST_TEST_REQUIRE(result.out().size() == 3u);
    for (std::size_t i = 0; i < 3; ++i)
    {
        const packet& made = result.out()[i];
        BOOST_TEST(made.get("a") == json::value(1));
        BOOST_TEST(made.is_multivalued("tags"));
        BOOST_TEST(made.meta("number") == json::value(i + 1));
    }
}

BOOST_AUTO_TEST_CASE(generate_keeps_to_its_rate)
{
    auto result = run_entry(debug_package::generate_entry, {{"count", 3}, {"rate", 0.001}}, {});
    BOOST_TEST(result.out().size() == 3u);
    BOOST_TEST((result.elapsed == std::chrono::seconds(2000))); // the first is due at once
}

BOOST_AUTO_TEST_CASE(generate_refuses_a_packet_that_is_no_object)
{
    BOOST_CHECK_EXCEPTION(
        (void)run_entry(debug_package::generate_entry, {{"packet", 1}}, {}),
        penstock::parameter_error,
        [](const auto& error)
        { return error.what() == "packet: is no object; an object of fields was expected"s; });
}

BOOST_AUTO_TEST_CASE(null_lets_every_packet_go)
{
    auto result = run_entry(debug_package::null_entry, {},
                            penstock::testing::packets(packet({{"a", 1}}), packet({{"a", 2}})));
    BOOST_TEST(result.sent.empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(print_writes_one_line_of_json_a_packet)
{
    packet first({{"a", 1}});
    first.set_meta("id", "x");
    packet second({{"b", "two\nlines"}});
    const std::string expected = penstock::write_json(penstock::to_json(first)) + '\n' +
                                 penstock::write_json(penstock::to_json(second)) + '\n';
    std::string printed;
    {
        const captured_output output;
        (void)run_entry(debug_package::print_entry, {},
                        penstock::testing::packets(std::move(first), std::move(second)));
        printed = output.text();
    }
    BOOST_TEST(printed == expected);
    BOOST_TEST(penstock::parse_json(printed.substr(0, printed.find('\n'))).at("fields").at("a") ==
               json::value(1));
}

BOOST_AUTO_TEST_CASE(fail_throws_for_matching_packets_and_passes_the_others)
{
    auto result =
        run_entry(debug_package::fail_entry, {{"field", "a"}, {"value", 2}},
                  penstock::testing::packets(packet({{"a", 1}}), packet({{"a", 2}}),
                                             packet({{"a", {1, 2}}}), packet({{"b", 2}})));
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(result.failed[0].first.get("a") == json::value(2));
    BOOST_TEST(result.failed[1].first.is_multivalued("a"));
    BOOST_TEST(result.failed[0].second == "the packet was told to fail");
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    BOOST_TEST(result.out()[0].get("a") == json::value(1));
    BOOST_TEST(result.out()[1].get("b") == json::value(2));
}

BOOST_AUTO_TEST_CASE(fail_without_a_value_takes_any_and_without_a_field_each_packet)
{
    auto any = run_entry(debug_package::fail_entry, {{"field", "a"}},
                         penstock::testing::packets(packet({{"a", 1}}), packet({{"b", 2}})));
    BOOST_TEST(any.failed.size() == 1u);
    BOOST_TEST(any.out().size() == 1u);
    auto each = run_entry(debug_package::fail_entry, {},
                          penstock::testing::packets(packet({{"a", 1}}), packet({{"b", 2}})));
    BOOST_TEST(each.failed.size() == 2u);
}

BOOST_AUTO_TEST_CASE(fail_refuses_an_unknown_way_to_fail)
{
    BOOST_CHECK_EXCEPTION((void)run_entry(debug_package::fail_entry, {{"how", "melt"}}, {}),
                          penstock::parameter_error,
                          [](const auto& error)
                          {
                              return error.what() ==
                                     "how: is none of the choices; \"throw\", \"segfault\", "
                                     "\"abort\", \"hang\" or \"overflow\" was expected"s;
                          });
}

BOOST_AUTO_TEST_CASE(fail_by_throw_leaves_the_process_alive)
{
    BOOST_TEST(survives("throw"));
}

BOOST_AUTO_TEST_CASE(fail_by_segfault_ends_the_process)
{
    BOOST_TEST(!survives("segfault"));
}

BOOST_AUTO_TEST_CASE(fail_by_abort_ends_the_process)
{
    BOOST_TEST(!survives("abort"));
}

BOOST_AUTO_TEST_CASE(fail_by_overflow_ends_the_process)
{
    BOOST_TEST(!survives("overflow"));
}

BOOST_AUTO_TEST_CASE(fail_by_hang_keeps_the_processor_busy)
{
    const int status = end_of_process("hang");
    BOOST_TEST(WIFSIGNALED(status));
    BOOST_TEST(WTERMSIG(status) == SIGVTALRM);
}
