// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/line_reader.hpp"

#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(line_readers)

using namespace penstock::host::cli;
using penstock::host::descriptor;
using penstock::host::cli::testing::scratch;
using outcome = line_reader::outcome;

namespace
{

struct reading
{
    descriptor stop{::eventfd(0, EFD_CLOEXEC)};
    scratch folder;
    std::string line;

    line_reader of(const std::string& text, std::string_view coding = "")
    {
        const std::string file = folder.write("file", text);
        return {descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), coding, stop.number()};
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(hand_out_lines_without_their_ends, reading)
{
    line_reader reader = of("a\n\nlong" + std::string(200'000, 'x') + "\nlast");
    std::vector<std::size_t> sizes;
    while (reader.next(line, std::nullopt) == outcome::line)
        sizes.push_back(line.size());
    BOOST_TEST(sizes == (std::vector<std::size_t>{1, 0, 200'004, 4}),
               boost::test_tools::per_element());
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::end));
}

BOOST_FIXTURE_TEST_CASE(say_that_it_is_late_and_go_on, reading)
{
    int ends[2];
    BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const descriptor writer(ends[1]);
    line_reader reader{descriptor(ends[0]), "", stop.number()};
    BOOST_TEST((reader.next(line, line_reader::clock::now()) == outcome::late));
    BOOST_REQUIRE(::write(writer.number(), "half", 4) == 4);
    BOOST_TEST((reader.next(line, line_reader::clock::now()) == outcome::late));
    BOOST_REQUIRE(::write(writer.number(), " whole\n", 7) == 7);
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::line));
    BOOST_TEST(line == "half whole");
}

BOOST_FIXTURE_TEST_CASE(wait_for_nothing_once_they_are_told_to_stop, reading)
{
    int ends[2];
    BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const descriptor writer(ends[1]);
    line_reader reader{descriptor(ends[0]), "", stop.number()};
    BOOST_REQUIRE(::eventfd_write(stop.number(), 1) == 0);
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::end));
}

BOOST_FIXTURE_TEST_CASE(tell_what_is_damaged, reading)
{
    line_reader reader = of("no gzip", "gzip");
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::failed));
    BOOST_TEST(reader.what() == "is damaged");
}

BOOST_AUTO_TEST_SUITE_END()
