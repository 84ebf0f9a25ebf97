// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "archive/unpacked.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace penstock::archive_tests;

BOOST_AUTO_TEST_SUITE(archive_integrity)

namespace
{

constexpr auto each = boost::test_tools::per_element();

std::string with_changed(std::string data, std::string_view from, std::string_view to)
{
    return data.replace(data.find(from), from.size(), to);
}

std::string stored_zip()
{
    return archive_of(
        {.set_format = archive_write_set_format_zip, .options = "zip:compression=store"},
        {{"one", "total 1000"}, {"two", "22"}});
}

} // namespace

BOOST_AUTO_TEST_CASE(a_member_of_a_zip_that_has_another_checksum_fails_alone)
{
    const outcome found = unpacked(with_changed(stored_zip(), "total 1000", "total 9000"));
    BOOST_TEST(found.files == strings{"a.zip!/two: 22"}, each);
    BOOST_TEST_REQUIRE(found.reasons.size() == 1U);
    BOOST_TEST(found.reasons[0].starts_with("a.zip!/one: is broken: ZIP bad CRC: 0x"));
}

BOOST_AUTO_TEST_CASE(a_member_of_a_zip_that_cannot_be_unpacked_fails_alone)
{
    std::string zip = archive_of(zip_form, {{"one", std::string(3000, 'x')}, {"two", "22"}});
    const std::size_t data = zip.find("one") + 3 + 28; // behind the name and its extra fields
    zip.replace(data, 4, "\xff\xff\xff\xff");
    const outcome found = unpacked(zip);
    BOOST_TEST(found.files == strings{"a.zip!/two: 22"}, each);
    BOOST_TEST_REQUIRE(found.reasons.size() == 1U);
    BOOST_TEST(found.reasons[0].starts_with("a.zip!/one: is broken: "));
}

BOOST_AUTO_TEST_CASE(a_zip_without_its_end_is_broken)
{
    const std::string zip = stored_zip();
    const outcome found = unpacked(zip.substr(0, zip.find("PK\x03\x04", 4)));
    BOOST_TEST_REQUIRE(!found.reasons.empty());
    BOOST_TEST(found.reasons.back().starts_with("is broken: "));
}

BOOST_AUTO_TEST_CASE(a_gzip_that_has_another_checksum_or_length_is_broken)
{
    const std::string gzip = gzip_of("text");
    for (const auto& [at, what] : {std::pair{8, "bad CRC"}, {4, "bad length"}})
    {
        const outcome found =
            unpacked(with_flipped(gzip, gzip.size() - static_cast<std::size_t>(at)), "x.txt.gz");
        BOOST_TEST(found.files.empty());
        BOOST_TEST(found.reasons == strings{"is broken: gzip: " + std::string(what) +
                                            "; a whole archive was expected"},
                   each);
    }
}

BOOST_AUTO_TEST_CASE(a_gzip_may_have_several_members_and_zeros_behind_them)
{
    const std::string zeros(100, '\0');
    BOOST_TEST(unpacked(gzip_of("one") + gzip_of(" two") + zeros, "x.gz").files ==
                   strings{"x.gz!/x: one two"},
               each);
    BOOST_TEST(unpacked(gzip_of("one") + "?", "x.gz").reasons ==
                   strings{"is broken: gzip: 1 bytes behind its end are none; a whole archive "
                           "was expected"},
               each);
}

BOOST_AUTO_TEST_CASE(a_compressed_file_of_no_bytes_is_one)
{
    BOOST_TEST(unpacked(gzip_of(""), "x.txt.gz").files == strings{"x.txt.gz!/x.txt: "}, each);
    BOOST_TEST(unpacked(zstd_of(""), "x.zst").files == strings{"x.zst!/x: "}, each);
}

BOOST_AUTO_TEST_CASE(the_checksum_behind_a_compressed_tar_is_compared)
{
    const std::string tar = archive_of(tar_form, {{"one", "1"}}) + std::string(300'000, '\0');
    const std::string gzip = gzip_of(tar);
    const outcome of_gzip = unpacked(with_flipped(gzip, gzip.size() - 8), "a.tgz");
    BOOST_TEST(of_gzip.files == strings{"a.tgz!/one: 1"}, each);
    BOOST_TEST(of_gzip.reasons == strings{"is broken: gzip: bad CRC; a whole archive was expected"},
               each);
    const std::string zstd = zstd_of(tar);
    const outcome of_zstd = unpacked(with_flipped(zstd, zstd.size() - 1), "a.tar.zst");
    BOOST_TEST(of_zstd.files == strings{"a.tar.zst!/one: 1"}, each);
    BOOST_TEST(of_zstd.reasons == strings{"is broken: zstd: Restored data doesn't match checksum; "
                                          "a whole archive was expected"},
               each);
}

BOOST_AUTO_TEST_CASE(a_compressed_file_that_is_cut_off_is_broken)
{
    const std::string tar = archive_of(tar_form, {{"one", "1"}});
    for (const std::string& whole : {gzip_of(tar), zstd_of(tar)})
        for (std::size_t size : {whole.size() - 1, whole.size() / 2})
            BOOST_TEST(unpacked(whole.substr(0, size)).reasons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_tar_without_its_end_is_broken)
{
    const std::string tar = archive_of(tar_form, {{"one", "1"}, {"two", "2"}});
    const outcome found = unpacked(tar.substr(0, 1024), "a.tar");
    BOOST_TEST(found.files == strings{"a.tar!/one: 1"}, each);
    BOOST_TEST(found.reasons == strings{"is broken: ends without the zeros that end a tar; a "
                                        "whole archive was expected"},
               each);
    BOOST_TEST(unpacked(gzip_of(tar.substr(0, 1024)), "a.tgz").reasons.size() == 1U);
    BOOST_TEST(unpacked(tar.substr(0, 2048 + 512), "a.tar").reasons.empty());
}

BOOST_AUTO_TEST_CASE(a_member_of_a_7z_that_has_another_checksum_fails_alone)
{
    const archive_form stored{.set_format = archive_write_set_format_7zip,
                              .options = "7zip:compression=store"};
    const std::string seven = archive_of(stored, {{"one", "total 1000"}, {"two", "22"}});
    const outcome found = unpacked(with_changed(seven, "total 1000", "total 9000"), "a.7z");
    BOOST_TEST(found.files == strings{"a.7z!/two: 22"}, each);
    BOOST_TEST_REQUIRE(found.reasons.size() == 1U);
    BOOST_TEST(found.reasons[0].starts_with("a.7z!/one: is broken: 7-Zip bad CRC: 0x"));
}

BOOST_AUTO_TEST_CASE(a_7z_whose_header_has_another_checksum_is_broken)
{
    const strings wrong{"is broken: 7-Zip bad CRC of the header; a whole archive was expected"};
    const std::string seven = archive_of(seven_zip_form, {{"one", "1"}});
    for (const std::size_t at : {8U, 12U, 20U, 28U})
        BOOST_TEST(unpacked(with_flipped(seven, at), "a.7z").reasons == wrong, each);
    BOOST_TEST(unpacked(seven.substr(0, 6) + std::string(100, '\0'), "a.7z").reasons == wrong,
               each);
    BOOST_TEST(unpacked(seven.substr(0, 20), "a.7z").reasons ==
                   strings{"is broken: ends early; a whole archive was expected"},
               each);
    BOOST_TEST(unpacked(archive_of(seven_zip_form, {}), "a.7z").reasons.empty());
}

BOOST_AUTO_TEST_SUITE_END()
