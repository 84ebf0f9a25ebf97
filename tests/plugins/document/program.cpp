// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include "../process/child.hpp"
#include "pdf_output.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <system_error>
#include <vector>

BOOST_AUTO_TEST_SUITE(document_program)

namespace
{

using namespace std::chrono_literals;
using document_package::program_result;

program_result shell(const std::string& script, std::string_view input = "",
                     const document_package::program_limits& limits = {})
{
    return document_package::run_program({"/bin/sh", "-c", script}, input, limits);
}

std::string end_of(const std::string& script, const document_package::program_limits& limits = {})
{
    try
    {
        return "status " + std::to_string(shell(script, "", limits).status);
    }
    catch (const document_package::program_error& error)
    {
        return error.what();
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(what_a_program_writes_is_returned)
{
    const program_result result = shell("cat; echo no >&2; exit 3", "input");
    BOOST_TEST(result.status == 3);
    BOOST_TEST(result.output == "input");
    BOOST_TEST(result.errors == "no\n");
    BOOST_TEST(shell("cat /proc/self/fd/0", "by name").output == "by name");
    const std::string much(3'000'000, 'x');
    BOOST_TEST((shell("cat; cat /proc/self/fd/0 >&2", much).output == much));
}

BOOST_AUTO_TEST_CASE(a_signal_is_named)
{
    BOOST_TEST(end_of("kill -SEGV $$") == "signal 11");
    BOOST_TEST(end_of("sh -c 'kill -ABRT $$'; exit $?") == "signal 6");
}

BOOST_AUTO_TEST_CASE(what_takes_too_long_is_ended_with_all_that_it_started)
{
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(end_of("sleep 100 & sleep 100", {.time = 100ms}) == "time limit");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 20s));
    BOOST_TEST(end_of("sleep 100 & exit 0") == "status 0");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 20s));
}

BOOST_AUTO_TEST_CASE(what_outgrows_its_memory_is_ended)
{
    const document_package::program_limits small{.memory = std::size_t{32} << 20};
    BOOST_TEST(end_of("x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done", small) == "memory limit");
    BOOST_TEST(end_of("cat /dev/zero", small) == "memory limit");
    BOOST_TEST(end_of("echo 'MemoryError' >&2; exit 1", small) == "memory limit");
}

BOOST_AUTO_TEST_CASE(what_the_caller_has_in_memory_does_not_count)
{
    const std::string much(std::size_t{64} << 20, 'x');
    BOOST_TEST(much.back() == 'x');
    BOOST_TEST(end_of("exit 1", {.memory = std::size_t{32} << 20}) == "status 1");
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_be_run_is_an_error)
{
    BOOST_CHECK_THROW((void)document_package::run_program({"/no/such/program"}, "", {}),
                      std::system_error);
}

BOOST_AUTO_TEST_CASE(programs_are_found_as_a_shell_finds_them)
{
    BOOST_TEST(process::find_program("sh").value_or("").ends_with("/sh"));
    BOOST_TEST(process::find_program("/bin/sh").value_or("") == "/bin/sh");
    BOOST_TEST(!process::find_program("no-such-program").has_value());
    BOOST_TEST(!process::find_program("").has_value());
}

BOOST_AUTO_TEST_CASE(what_pdfinfo_prints_is_read)
{
    const document_package::pdf_information found = document_package::information_of(
        "Title:           A: b\nAuthor:\nCreationDate:    2026-01-02T03:04:05+01\n"
        "ModDate:         2026-01-02T03:04:05Z\nPages:           3");
    BOOST_TEST(found.title == "A: b");
    BOOST_TEST(found.author.empty());
    BOOST_TEST(found.created == "2026-01-02T03:04:05+01:00");
    BOOST_TEST(found.modified == "2026-01-02T03:04:05Z");
}

BOOST_AUTO_TEST_SUITE_END()
