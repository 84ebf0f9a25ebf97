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

    line_reader of(const std::string& text, std::string_view coding = "", std::string charset = {})
    {
        const std::string file = folder.write("file", text);
        return {descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), coding, stop.number(),
                std::move(charset)};
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

BOOST_FIXTURE_TEST_CASE(cut_at_characters_whose_bytes_hold_that_of_a_line_feed, reading)
{
    // As a reader of bytes would cut it, a third of these would be in two.
    std::string text;
    std::vector<std::string> lines;
    for (int i = 0; i < 5'000; ++i)
    {
        std::string& each = lines.emplace_back();
        for (int c = 0; c <= i % 7; ++c)
            each += {'\x0a', static_cast<char>(1 + c)};
        text += each + std::string("\n\0", 2);
    }
    line_reader reader = of(text, "", "utf-16le");
    for (const std::string& each : lines)
    {
        BOOST_REQUIRE((reader.next(line, std::nullopt) == outcome::line));
        BOOST_REQUIRE(line == each);
    }
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::end));
}

BOOST_FIXTURE_TEST_CASE(hand_out_a_line_though_its_encoding_could_yet_be_another, reading)
{
    int ends[2];
    BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const descriptor writer(ends[1]);
    line_reader reader{descriptor(ends[0]), "", stop.number()};
    BOOST_REQUIRE(::write(writer.number(), "1\n", 2) == 2);
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::line));
    BOOST_TEST(line == "1");
}

BOOST_FIXTURE_TEST_CASE(wait_for_the_whole_of_a_byte_order_mark, reading)
{
    int ends[2];
    BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    descriptor writer(ends[1]);
    line_reader reader{descriptor(ends[0]), "", stop.number()};
    BOOST_REQUIRE(::write(writer.number(), "\xff", 1) == 1);
    BOOST_TEST((reader.next(line, line_reader::clock::now()) == outcome::late));
    BOOST_REQUIRE(::write(writer.number(), "\xfe", 1) == 1);
    BOOST_TEST((reader.next(line, line_reader::clock::now()) == outcome::late));
    BOOST_REQUIRE(::write(writer.number(), "1\0\n\0", 4) == 4);
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::line));
    BOOST_TEST((line == std::string("1\0", 2)));
    BOOST_TEST(reader.charset().name() == "utf-16le");
}

BOOST_FIXTURE_TEST_CASE(tell_that_the_last_character_is_cut, reading)
{
    line_reader reader = of(std::string("1\0\n\0{", 5), "", "utf-16le");
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::line));
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::failed));
    BOOST_TEST(reader.what() == "ends in the middle of a character of utf-16le");
    BOOST_TEST((reader.next(line, std::nullopt) == outcome::end));
}

BOOST_AUTO_TEST_SUITE_END()
