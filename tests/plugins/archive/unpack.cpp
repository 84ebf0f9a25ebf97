// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "archive/made_archive.hpp"
#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(archive_unpack)

namespace
{

namespace json = penstock::json;

constexpr auto each = boost::test_tools::per_element();

packet archive_packet(std::string data, std::string_view path = "a.zip")
{
    return body(data, {{"path", path}, {"id", path}, {"filename", path}, {"charset", "x"}});
}

penstock::testing::result unpack(std::vector<packet> archives, const json::object& parameters = {})
{
    return run_entry(archive_package::unpack_entry, parameters, std::move(archives));
}

strings contents(const penstock::testing::result& result)
{
    strings list;
    for (const packet& sent : result.sent.at("out"))
        list.push_back(std::string(sent.meta("path").as_string()) + ": " +
                       std::string(sent.data().view()));
    return list;
}

// Why an archive fails, beside one that does not.
std::string reason(std::string data, const json::object& parameters = {})
{
    auto result = unpack(packets(archive_packet(std::move(data)),
                                 archive_packet(archive_of(zip_form, {{"good", "1"}}), "b.zip")),
                         parameters);
    BOOST_TEST_REQUIRE(!result.out().empty());
    BOOST_TEST(result.out().back().meta("path").as_string() == "b.zip!/good");
    return result.failed.size() == 1 ? result.failed[0].second : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(each_file_becomes_a_packet_with_its_path)
{
    for (const archive_form& each_form :
         {zip_form, tar_form, seven_zip_form,
          archive_form{tar_form.set_format, archive_write_add_filter_gzip},
          archive_form{tar_form.set_format, archive_write_add_filter_zstd}})
    {
        auto result = unpack(packets(archive_packet(archive_of(
            each_form, {{"b/", ""}, {"b/one.txt", "1"}, {"two.html", "22"}, {"empty", ""}}))));
        BOOST_TEST(contents(result) ==
                       (strings{"a.zip!/b/one.txt: 1", "a.zip!/two.html: 22", "a.zip!/empty: "}),
                   each);
        BOOST_TEST(result.failed.empty());
        BOOST_TEST_REQUIRE(result.out().size() == 3U);
        const packet& first = result.out()[0];
        BOOST_TEST(first.meta("filename") == "one.txt");
        BOOST_TEST(first.meta("mimetype") == "text/plain");
        BOOST_TEST(first.meta("size") == 1);
        BOOST_TEST(first.meta("id") == "a.zip!/b/one.txt");
        BOOST_TEST(!first.has_meta("charset"));
        BOOST_TEST(result.out()[1].meta("mimetype") == "text/html");
        BOOST_TEST(result.out()[2].meta("mimetype") == "application/octet-stream");
    }
}

BOOST_AUTO_TEST_CASE(a_compressed_file_is_named_after_it)
{
    BOOST_TEST(contents(unpack(packets(archive_packet(gzip_of("text"), "log/x.txt.gz")))) ==
                   strings{"log/x.txt.gz!/x.txt: text"},
               each);
    const std::string zstd =
        archive_of({archive_write_set_format_raw, archive_write_add_filter_zstd}, {{"", "text"}});
    BOOST_TEST(contents(unpack(packets(archive_packet(zstd, "y.zst")))) ==
                   strings{"y.zst!/y: text"},
               each);
    BOOST_TEST(contents(unpack(packets(body(gzip_of("text"))))) == strings{"data: text"}, each);
}

BOOST_AUTO_TEST_CASE(archives_in_archives_are_unpacked_and_documents_are_not)
{
    const std::string inner = archive_of(zip_form, {{"deep.txt", "x"}});
    auto result = unpack(packets(archive_packet(
        archive_of(tar_form, {{"b.zip", inner}, {"c.docx", inner}, {"d.txt.gz", gzip_of("g")}}))));
    BOOST_TEST(contents(result) == (strings{"a.zip!/b.zip!/deep.txt: x", "a.zip!/c.docx: " + inner,
                                            "a.zip!/d.txt.gz!/d.txt: g"}),
               each);
}

BOOST_AUTO_TEST_CASE(names_may_hold_any_character)
{
    BOOST_TEST(contents(unpack(packets(archive_packet(archive_of(
                   tar_form, {{"\xc3\xa4.txt", "1"}, {"../up", "2"}, {"/root", "3"}}))))) ==
                   (strings{"a.zip!/\xc3\xa4.txt: 1", "a.zip!/../up: 2", "a.zip!//root: 3"}),
               each);
    BOOST_TEST(contents(unpack(packets(archive_packet(archive_of(tar_form, {{"\xe4", "1"}}))))) ==
                   strings{"a.zip!/\xc3\xa4: 1"},
               each);
}

BOOST_AUTO_TEST_CASE(names_in_a_zip_without_a_mark_are_in_cp437_unless_they_are_utf_8)
{
    const auto named = [](std::string_view name)
    {
        std::string zip = archive_of(zip_form, {{std::string(name.size(), 'N'), "1"}});
        for (std::size_t at = zip.find(std::string(name.size(), 'N')); at != std::string::npos;
             at = zip.find(std::string(name.size(), 'N'), at))
            zip.replace(at, name.size(), name);
        return contents(unpack(packets(archive_packet(std::move(zip)))));
    };
    BOOST_TEST(named("\x81\x84\x94.txt") == strings{"a.zip!/üäö.txt: 1"}, each);
    BOOST_TEST(named("\xc3\xbc.txt") == strings{"a.zip!/ü.txt: 1"}, each);
}

BOOST_AUTO_TEST_CASE(links_are_left_out)
{
    BOOST_TEST(contents(unpack(packets(archive_packet(
                   archive_of(tar_form, {{"link", "-> /etc/passwd"}, {"file", "1"}}))))) ==
                   strings{"a.zip!/file: 1"},
               each);
}

BOOST_AUTO_TEST_CASE(an_archive_without_files_is_dropped)
{
    auto result = unpack(packets(archive_packet(archive_of(zip_form, {{"b/", ""}}))));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    BOOST_TEST(unpack(packets(std::move(trigger))).out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_no_archive_fails_alone)
{
    BOOST_TEST(reason("text") == "is no archive; zip, tar, gzip, zstd or 7z was expected");
    BOOST_TEST(reason("") == "is empty; an archive was expected");
    const std::string whole = archive_of(tar_form, {{"one", std::string(5000, 'x')}});
    BOOST_TEST(reason(whole.substr(0, 2000)).find("is broken: ") != std::string::npos);
    std::string damaged = gzip_of(std::string(5000, 'x'));
    damaged.resize(damaged.size() - 12);
    BOOST_TEST(reason(damaged).find("is broken: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_encrypted_file_fails_alone)
{
    auto result = unpack(packets(archive_packet(
        archive_of({zip_form.set_format, nullptr, "secret"}, {{"one", "1"}, {"two", "2"}}))));
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[1].second ==
               "a.zip!/two: is encrypted; a file that needs no password was expected");
}

BOOST_AUTO_TEST_CASE(a_broken_file_fails_and_the_others_do_not)
{
    // The data of the first is changed, and no longer what its checksum tells.
    std::string whole = archive_of(zip_form, {{"one", std::string(3000, 'x')}, {"two", "2"}});
    const std::size_t at = whole.find("one") + 10;
    whole[at] = static_cast<char>(whole[at] ^ 0x55);
    auto result = unpack(packets(archive_packet(whole)));
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(result.failed.at(0).second.find("is broken: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_archive_in_an_archive_that_is_broken_fails_alone)
{
    auto result = unpack(packets(archive_packet(archive_of(
        zip_form, {{"b.zip", "no zip"}, {"c.zip", archive_of(zip_form, {{"d", "1"}})}}))));
    BOOST_TEST(contents(result) == strings{"a.zip!/c.zip!/d: 1"}, each);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "a.zip!/b.zip: is no archive; zip, tar, gzip, zstd or 7z was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "no zip");
}

BOOST_AUTO_TEST_CASE(bombs_are_bounded)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::string much(std::size_t{8} << 20, 'x');
    BOOST_TEST(reason(gzip_of(much)) ==
               "a: all that is unpacked is more than 100 times as large as the archive; a smaller "
               "archive, or a higher ratio, was expected");
    BOOST_TEST(reason(gzip_of(much), {{"ratio", 100'000}, {"member_bytes", "1MiB"}}) ==
               "a: the file has more than 1048576 bytes, unpacked; a smaller archive, or a higher "
               "member_bytes, was expected");
    BOOST_TEST(reason(archive_of(tar_form, {{"a", "123"}, {"b", "456"}}), {{"bytes", "5B"}}) ==
               "b: all that is unpacked has more than 5 bytes; a smaller archive, or a higher "
               "bytes, was expected");
    BOOST_TEST(
        reason(archive_of(tar_form, {{"a", "1"}, {"b/", ""}, {"c", "2"}}), {{"members", 2}}) ==
        "members: are more than 2; a smaller archive, or a higher members, was expected");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

// A tar of a file that is marked as a link and has data: to pass over it is to unpack it.
BOOST_AUTO_TEST_CASE(what_is_passed_over_counts_as_what_is_unpacked)
{
    std::string tar = archive_of({archive_write_set_format_pax},
                                 {{"a", std::string(std::size_t{8} << 20, 'x')}, {"b", "b"}});
    constexpr std::size_t checksum = 148, type = 156, link = 157, size = 512; // POSIX, pax, ustar
    const std::size_t header = 2 * size; // behind that of its attributes, and these
    tar[header + type] = '1';
    tar[header + link] = 'c';
    tar.replace(header + checksum, 8, std::string(8, ' '));
    unsigned sum = 0;
    for (std::size_t i = 0; i < size; ++i)
        sum += static_cast<unsigned char>(tar[header + i]);
    for (std::size_t digit = header + checksum + 6; digit-- > header + checksum; sum /= 8)
        tar[digit] = static_cast<char>('0' + sum % 8);
    tar[header + checksum + 6] = '\0';
    const std::string packed = gzip_of(tar);
    BOOST_TEST(reason(packed) == "a: all that is unpacked is more than 100 times as large as the "
                                 "archive; a smaller archive, or a higher ratio, was expected");
    BOOST_TEST(reason(packed, {{"ratio", 100'000}, {"bytes", "1MiB"}}) ==
               "a: all that is unpacked has more than 1048576 bytes; a smaller archive, or a "
               "higher bytes, was expected");
    BOOST_TEST(reason(packed, {{"ratio", 100'000}}) == "");
}

BOOST_AUTO_TEST_CASE(bombs_in_archives_count_with_what_they_are_in)
{
    const std::string bomb =
        archive_of(zip_form, {{"b.gz", gzip_of(std::string(std::size_t{8} << 20, 'x'))}});
    BOOST_TEST(reason(bomb).starts_with("b: all that is unpacked is more than 100 times"));
    std::string nested = archive_of(zip_form, {{"x.txt", "x"}});
    for (int level = 0; level < 10; ++level)
        nested = archive_of(zip_form, {{"n.zip", nested}});
    BOOST_TEST(reason(nested) ==
               "a.zip!/n.zip!/n.zip!/n.zip!/n.zip: is deeper than 4; an archive of "
               "simpler structure was expected");
}

BOOST_AUTO_TEST_SUITE_END()
