// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What is damaged in one place: what is lost by it, and that it is told once.
#include "archive/unpacked.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <utility>

using namespace penstock::archive_tests;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(archive_damage)

namespace
{

constexpr auto each = boost::test_tools::per_element();

// Bytes that no compression makes fewer, of several blocks.
std::string noise(std::size_t size)
{
    std::string made;
    for (std::uint32_t state = 1; made.size() < size;)
    {
        state = state * 1664525 + 1013904223;
        made += static_cast<char>(state >> 24U);
    }
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(behind_a_damaged_header_of_a_tar_nothing_is_taken_for_a_member)
{
    const std::string inner = archive_of(tar_form, {{"forged", "not a member"}});
    std::string tar = archive_of(tar_form, {{"one", "1"}, {"two.bin", inner}, {"three", "3"}});
    const std::size_t header = 1024;
    const outcome found = unpacked(with_flipped(tar, header), "a.tar");
    BOOST_TEST(found.files == strings{"a.tar!/one: 1"}, each);
    BOOST_TEST(found.reasons ==
                   strings{"is broken: Damaged tar archive; a whole archive was expected"},
               each);
}

BOOST_AUTO_TEST_CASE(a_compressed_file_that_begins_with_zeros_is_no_empty_tar)
{
    const std::string zeros = std::string(1024, '\0');
    for (const std::string& text : {zeros, zeros + "text", std::string(512, '\0')})
    {
        BOOST_TEST(unpacked(gzip_of(text), "disk.img.gz").files ==
                       strings{"disk.img.gz!/disk.img: " + text},
                   each);
        BOOST_TEST(unpacked(zstd_of(text), "disk.zst").files == strings{"disk.zst!/disk: " + text},
                   each);
    }
    BOOST_TEST(unpacked(zeros, "", {}, {{"mimetype", "application/x-tar"}}).reasons.empty());
    BOOST_TEST(unpacked(zeros, "disk").reasons ==
                   strings{"is no archive; zip, tar, gzip, zstd or 7z was expected"},
               each);
    const std::string empty = archive_of(tar_form, {});
    for (const auto& [data, name] : {std::pair{empty, "a.tar"}, {gzip_of(empty), "a.TGZ"}})
    {
        const outcome found = unpacked(data, name);
        BOOST_TEST(found.files.empty());
        BOOST_TEST(found.reasons.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_is_behind_a_tar_counts_with_all_and_as_no_file)
{
    const std::string tar = archive_of(tar_form, {{"one", "1"}}) + std::string(300'000, '\0');
    const std::string packed = gzip_of(tar);
    BOOST_TEST(unpacked(packed, "a.tgz", {{"member_bytes", "100KiB"}}).reasons.empty());
    BOOST_TEST(unpacked(packed, "a.tgz", {{"bytes", "100KiB"}}).reasons ==
                   strings{"behind the last file: all that is unpacked has more than 102400 bytes; "
                           "a smaller archive, or a higher bytes, was expected"},
               each);
}

BOOST_AUTO_TEST_CASE(what_ends_a_zip_that_is_compressed_is_told_once)
{
    const std::string zip =
        archive_of({.set_format = archive_write_set_format_zip, .options = "zip:compression=store"},
                   {{"one", noise(300'000)}, {"two", "22"}});
    std::string gzip = gzip_of(zip);
    gzip.resize(gzip.size() / 2);
    const outcome found = unpacked(gzip, "a.zip.gz");
    BOOST_TEST(found.files.empty());
    BOOST_TEST(found.reasons ==
                   strings{"one: is broken: gzip: ends early; a whole archive was expected"},
               each);
}

BOOST_AUTO_TEST_CASE(a_member_whose_header_and_list_differ_fails_alone)
{
    std::string zip =
        archive_of({.set_format = archive_write_set_format_zip, .options = "zip:compression=store"},
                   {{"one", "total 1000"}, {"two", "22"}});
    // Checksum and sizes stand in the header as in the list (APPNOTE, 4.3.7, 4.3.12).
    const std::size_t list = zip.find("PK\x01\x02");
    zip.replace(14, 12, zip, list + 16, 12);
    BOOST_TEST(unpacked(zip).files == (strings{"a.zip!/one: total 1000", "a.zip!/two: 22"}), each);
    for (const auto& [at, what] :
         {std::pair{16, "Inconsistent CRC32"}, {24, "Inconsistent uncomp"}})
    {
        const outcome found = unpacked(with_flipped(zip, list + static_cast<std::size_t>(at)));
        BOOST_TEST(found.files == strings{"a.zip!/two: 22"}, each);
        BOOST_TEST_REQUIRE(found.reasons.size() == 1U);
        BOOST_TEST(found.reasons[0].starts_with("a.zip!/one: is broken: " + std::string(what)),
                   found.reasons[0]);
    }
}

BOOST_AUTO_TEST_CASE(a_compressed_file_of_several_blocks_is_whole_or_fails_wherever_it_is_damaged)
{
    const std::string text = noise(500'000);
    for (const std::string& packed : {gzip_of(text), zstd_of(text)})
    {
        BOOST_TEST((unpacked(packed, "x.gz").files == strings{"x.gz!/x: " + text}));
        for (const std::size_t at : {packed.size() / 2, packed.size() - 1})
        {
            const outcome found = unpacked(with_flipped(packed, at), "x.gz");
            BOOST_TEST(found.files.empty());
            BOOST_TEST(found.reasons.size() == 1U);
            BOOST_TEST(found.reasons.at(0).starts_with("x: is broken: "), found.reasons.at(0));
        }
    }
}

BOOST_AUTO_TEST_CASE(zstd_takes_no_more_memory_than_the_window_allows)
{
    const std::string packed = zstd_of(std::string(100'000, 'x'), 24);
    BOOST_TEST(unpacked(packed, "x.zst").reasons.empty());
    BOOST_TEST(unpacked(packed, "x.zst", {{"window", "16MiB"}}).reasons.empty());
    BOOST_TEST(unpacked(packed, "x.zst", {{"window", "8MiB"}}).reasons ==
                   strings{"looks farther back than the window; a higher window was expected"},
               each);
}

// What the bytes would be with the mark that they begin with: UTF-16.
BOOST_AUTO_TEST_CASE(a_name_that_begins_as_a_byte_order_mark_is_a_name)
{
    for (const std::string name : {"\xff\xfe"
                                   "abc",
                                   "\xff\xfe"
                                   "ab"})
    {
        std::string zip = archive_of(zip_form, {{std::string(name.size(), 'N'), "1"}});
        for (std::size_t at = zip.find("NNN"); at != std::string::npos; at = zip.find("NNN", at))
            zip.replace(at, name.size(), name);
        BOOST_TEST(unpacked(zip).files ==
                       strings{"a.zip!/\xc2\xa0\xe2\x96\xa0" + name.substr(2) + ": 1"},
                   each);
    }
}

BOOST_AUTO_TEST_SUITE_END()
