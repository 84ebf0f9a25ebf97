// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>

#include <csignal>

namespace json = penstock::json;
using penstock::packet;

// What a program costs that crashes, hangs, grows or does not keep to the lines.

BOOST_AUTO_TEST_SUITE(exec_faults)

namespace
{

std::vector<packet> ten()
{
    std::vector<packet> list;
    for (std::int64_t n = 1; n <= 10; ++n)
        list.emplace_back(json::object{{"n", n}});
    return list;
}

// A shell that answers lines as they are, but does something at that of number 4.
json::array but_at_four(const std::string& what)
{
    return {"sh", "-c",
            "while IFS= read -r line; do case $line in *:4*) " + what +
                ";; *) printf '%s\\n' \"$line\";; esac; done"};
}

penstock::testing::result ask(const json::array& command, json::object parameters = {})
{
    parameters["command"] = command;
    return run_entry(exec_package::run_entry, parameters, ten());
}

// All but number 4 went through, and that failed with the reason.
void check_that_four_failed(penstock::testing::result result, std::string_view reason)
{
    strings expected;
    for (int n = 1; n <= 10; ++n)
        if (n != 4)
            expected.push_back("{\"n\":" + std::to_string(n) + "}");
    BOOST_TEST(fields_of(result.out()) == expected, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(penstock::write_json(result.failed[0].first.fields()) == R"({"n":4})");
    BOOST_TEST(result.failed[0].second == reason);
}

const std::string surplus =
    "sh: has answered more lines than it was given, some of them maybe in place of the answers to "
    "other packets; one for each was expected";

} // namespace

BOOST_AUTO_TEST_CASE(a_program_that_crashes_costs_the_packet_it_crashes_at)
{
    check_that_four_failed(ask(but_at_four("kill -SEGV $$")), "signal " + std::to_string(SIGSEGV));
    check_that_four_failed(ask(but_at_four("kill -SEGV $$"), {{"in_flight", 1}}),
                           "signal " + std::to_string(SIGSEGV));
}

BOOST_AUTO_TEST_CASE(a_program_that_gives_up_tells_its_last_words)
{
    check_that_four_failed(ask(but_at_four("echo first >&2; echo 'no idea' >&2; exit 3")),
                           "exit status 3: no idea");
    check_that_four_failed(ask(but_at_four("exit 0")), "has ended without an answer");
}

BOOST_AUTO_TEST_CASE(a_program_that_hangs_is_ended)
{
    const auto begin = std::chrono::steady_clock::now();
    check_that_four_failed(ask(but_at_four("sleep 1000"), {{"timeout", 300}}), "time limit");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
}

// It has more than it may, and less than what it is refused at.
const std::string grows = "x=xxxxxxxxxxxxxxxx; while [ ${#x} -lt 20000000 ]; do x=$x$x; done; "
                          "sleep 1000";

BOOST_AUTO_TEST_CASE(a_program_that_grows_is_ended)
{
    check_that_four_failed(ask(but_at_four(grows), {{"memory", "24MiB"}}), "memory limit");
}

BOOST_AUTO_TEST_CASE(what_a_program_begins_counts_as_well)
{
    check_that_four_failed(ask(but_at_four("(" + grows + ")"), {{"memory", "24MiB"}}),
                           "memory limit");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_costs_its_packet)
{
    auto result = ask(but_at_four("echo '{'"));
    BOOST_TEST(result.out().size() == 9u);
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second.starts_with("the answer is no JSON: "));
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_too_long_costs_its_packet)
{
    for (const char* end : {"\\n", ""})
        check_that_four_failed(
            ask(but_at_four("head -c 3000000 /dev/zero | tr '\\0' ' x'; printf '" +
                            std::string(end) + "'; sleep 10"),
                {{"line", "1MiB"}}),
            "an answer of more than 1048576 bytes; a shorter one was expected");
}

BOOST_AUTO_TEST_CASE(blank_lines_are_no_answers)
{
    auto result = ask({"sed", "-u", "G"});
    BOOST_TEST(result.out().size() == 10u);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_program_that_answers_too_much_is_begun_anew)
{
    const json::array twice{"sh", "-c",
                            "while IFS= read -r line; do printf '%s\\n%s\\n' \"$line\" "
                            "\"$line\"; done"};
    auto result = ask(twice, {{"in_flight", 1}});
    strings expected;
    for (int n = 1; n <= 10; ++n)
        expected.push_back("{\"n\":" + std::to_string(n) + "}");
    BOOST_TEST(fields_of(result.out()) == expected, boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(result.log == strings(10, surplus), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_too_many_is_told_at_the_end_of_the_input_too)
{
    for (const char* last : {"cat; echo 1", "cat; printf 1"})
        BOOST_TEST(ask({"sh", "-c", last}).log == strings{surplus},
                   boost::test_tools::per_element());
    BOOST_TEST(ask({"sh", "-c", "cat; printf ' \n '"}).log.empty());
}

BOOST_AUTO_TEST_CASE(a_line_too_many_is_told_while_packets_are_given_one_at_a_time)
{
    // The first program ends at number 2, so the others are given a line each.
    auto result =
        ask({"sh", "-c",
             "while IFS= read -r line; do case $line in *:2}) exit 1;; "
             "*:6}) printf '%s\\n1\\n' \"$line\";; *) printf '%s\\n' \"$line\";; esac; done"});
    BOOST_TEST(result.out().size() == 9U);
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(result.log == strings{surplus}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_after_some_lines_begins_anew_and_costs_nothing)
{
    for (const int in_flight : {1, 64})
    {
        auto result = ask({"sed", "-u", "3q"}, {{"in_flight", in_flight}});
        BOOST_TEST(result.out().size() == 10u);
        BOOST_TEST(result.failed.empty());
        BOOST_TEST(result.metrics["starts"] >= 4);
    }
}

BOOST_AUTO_TEST_CASE(a_last_answer_may_be_without_the_end_of_its_line)
{
    auto result = ask({"sh", "-c", "IFS= read -r line; printf '%s' \"$line\""}, {{"in_flight", 1}});
    BOOST_TEST(result.out().size() == 10u);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_program_that_never_begins_well_fails_each_packet_after_a_pause)
{
    auto result = ask({"sh", "-c", "exit 9"});
    BOOST_TEST(result.failed.size() == 10u);
    BOOST_TEST(result.failed[0].second == "exit status 9");
    BOOST_TEST((result.elapsed > std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_CASE(a_program_that_does_not_end_with_its_input_is_ended_with_what_it_began)
{
    const scratch_directory folder;
    const std::string file = folder.path("pid");
    auto result = ask({"sh", "-c", "sleep 1000 & echo $! >" + file + "; cat; exec sleep 1000"});
    BOOST_TEST(result.out().size() == 10u);
    int pid = 0;
    std::ifstream(file) >> pid;
    BOOST_TEST_REQUIRE(pid > 0);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (::kill(pid, 0) == 0 && std::chrono::steady_clock::now() < end)
    {
        // A process of a parent that is gone is a zombie until somebody collects it.
        std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
        std::string number, name, state;
        if (stat >> number >> name >> state && state == "Z")
            return;
    }
    BOOST_TEST(::kill(pid, 0) != 0);
}

BOOST_AUTO_TEST_SUITE_END()
