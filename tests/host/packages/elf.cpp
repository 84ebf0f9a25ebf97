// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/elf.hpp"

#include "fixtures.hpp"
#include "host/packages/stamp.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstring>
#include <elf.h>
#include <random>

namespace penstock::host
{

namespace
{

file_bytes bytes_of(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

/// Damages a file in memory, and restores it, faster than it could be copied.
class damage
{
public:
    damage(std::string& file, std::mt19937_64& random) : file_(file)
    {
        Elf64_Ehdr start;
        std::memcpy(&start, file.data(), sizeof start);
        const std::size_t headers = start.e_shnum * sizeof(Elf64_Shdr);
        for (std::size_t count = 1 + random() % 6; count > 0; --count)
        {
            // Mostly where the reader looks: the file's header, the segments', the sections'.
            const std::size_t place = random() % 8;
            const std::size_t at = place < 2   ? random() % 1024
                                   : place < 7 ? start.e_shoff + random() % headers
                                               : random() % file.size();
            set(at, static_cast<char>(random() % 3 == 0 ? 0xff : random()));
        }
        kept_ = random() % 4 == 0 ? random() % file.size() : file.size();
    }

    ~damage()
    {
        for (auto each = before_.rbegin(); each != before_.rend(); ++each)
            file_[each->first] = each->second;
    }

    damage(const damage&) = delete;
    damage& operator=(const damage&) = delete;

    file_bytes bytes() const { return bytes_of(file_).first(kept_); }

private:
    void set(std::size_t at, char byte)
    {
        before_.emplace_back(at, file_[at]);
        file_[at] = byte;
    }

    std::string& file_;
    std::size_t kept_ = 0;
    std::vector<std::pair<std::size_t, char>> before_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(elf)

BOOST_AUTO_TEST_CASE(finds_the_section_and_the_symbol_of_a_package)
{
    const std::string file = read_file(fixture("sample"));
    const elf_file elf(bytes_of(file));
    BOOST_TEST((elf.fault() == elf_fault::none));
    BOOST_REQUIRE(elf.section("penstock_stamp").has_value());
    BOOST_REQUIRE(elf.symbol("penstock_manifest").has_value());
    BOOST_TEST(std::memcmp(elf.symbol("penstock_manifest")->data(), "penstock", 8) == 0);
}

BOOST_AUTO_TEST_CASE(finds_no_section_and_no_symbol_that_is_not_there)
{
    const std::string file = read_file(fixture("sample"));
    const elf_file elf(bytes_of(file));
    BOOST_TEST(!elf.section("penstock_stam").has_value());
    BOOST_TEST(!elf.section("penstock_stamps").has_value());
    BOOST_TEST(!elf.section("").value_or(file_bytes()).size());
    BOOST_TEST(!elf.symbol("penstock_manifes").has_value());
}

BOOST_AUTO_TEST_CASE(finds_no_symbol_that_is_only_used)
{
    const std::string file = read_file(fixture("undefined_symbol"));
    BOOST_TEST(!elf_file(bytes_of(file)).symbol("nowhere_to_be_found").has_value());
}

BOOST_AUTO_TEST_CASE(tells_other_files_apart)
{
    BOOST_TEST((elf_file({}).fault() == elf_fault::not_elf));
    BOOST_TEST((elf_file(bytes_of("#!/bin/sh\n")).fault() == elf_fault::not_elf));
    BOOST_TEST((elf_file(bytes_of("\x7f"
                                  "ELF"))
                    .fault() == elf_fault::cut_off));
    std::string file = read_file(fixture("sample"));
    BOOST_TEST((elf_file(bytes_of(file).first(file.size() / 2)).fault() == elf_fault::cut_off));
    file[EI_CLASS] = ELFCLASS32;
    BOOST_TEST((elf_file(bytes_of(file)).fault() == elf_fault::other_machine));
}

BOOST_AUTO_TEST_CASE(reads_every_beginning_of_a_file_without_harm)
{
    const std::string file = read_file(fixture("sample"));
    const std::size_t step = file.size() / 2000 + 1;
    for (std::size_t length = 0; length < file.size(); length += length < 4096 ? 1 : step)
        BOOST_TEST_REQUIRE(read_stamp(bytes_of(file).first(length), "x").has_error());
}

// The reader is only right when a sanitizer, or the library's assertions, find nothing here.
BOOST_AUTO_TEST_CASE(survives_a_hundred_thousand_damaged_files)
{
    std::string file = read_file(fixture("sample"));
    const std::string whole = file;
    std::mt19937_64 random(20261122);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(40);
    std::size_t refused = 0;
    std::size_t rounds = 0;
    for (; rounds < 100'000; ++rounds)
    {
        if (rounds % 1000 == 0 && std::chrono::steady_clock::now() > deadline)
            break;
        const damage damaged(file, random);
        refused += read_stamp(damaged.bytes(), "x").has_error();
    }
    BOOST_TEST((file == whole));
    BOOST_TEST(rounds >= 10'000u);
    BOOST_TEST(refused > rounds / 4);
    BOOST_TEST(refused < rounds); // else the damage is too great to lead anywhere
    BOOST_TEST_MESSAGE(rounds << " damaged files, " << refused << " refused");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
