// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/compression.hpp"

#include "host/journal/sqlite/journal_check.hpp"
#include "tests/host/journal/sqlite/commits.hpp"
#include "tests/host/journal/sqlite/journal_file.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(compressing)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

/// Three entries that are compressed in one row, of 30 KB.
struct compressed_row : commits
{
    compressed_row() : commits("", true)
    {
        commit(append(1, "g", body('a')), append(2, "g", body('b')), append(3, "g", body('c')));
    }

    static std::string body(char letter) { return std::string(10'000, letter); }

    [[nodiscard]] std::int64_t content_size() const
    {
        return count("SELECT sum(length(CAST(content AS BLOB))) FROM bundles");
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(what_is_compressed_comes_back)
{
    compressor with;
    for (const std::size_t size : {128U, 100'000U, 1'000U})
    {
        const std::string plain(size, 'x');
        const auto frame = with.compress(plain);
        BOOST_TEST_REQUIRE(frame.has_value());
        BOOST_TEST(frame->size() < size / 2);
        BOOST_TEST((decompress(*frame, size) == plain));
    }
}

BOOST_AUTO_TEST_CASE(what_gets_no_shorter_is_not_compressed)
{
    compressor with;
    BOOST_TEST(!with.compress("").has_value());
    BOOST_TEST(!with.compress("short").has_value());
    std::string random(1'000, '\0');
    std::uint32_t last = 1;
    for (char& each : random)
        each = static_cast<char>((last = last * 1'664'525 + 1'013'904'223) >> 24);
    BOOST_TEST(!with.compress(random).has_value());
}

BOOST_AUTO_TEST_CASE(a_frame_of_another_size_is_refused)
{
    compressor with;
    const std::string frame(*with.compress(std::string(100'000, 'x')));
    for (const std::size_t size : {0U, 1U, 99'999U, 100'001U})
        BOOST_TEST(!decompress(frame, size).has_value());
    BOOST_TEST(!decompress("no frame", 100).has_value());
    BOOST_TEST(!decompress("", 0).has_value());
    BOOST_TEST(!decompress(frame.substr(0, frame.size() - 1), 100'000).has_value());
}

BOOST_FIXTURE_TEST_CASE(entries_of_a_compressed_row_are_read_and_end_as_others, compressed_row)
{
    BOOST_TEST(content_size() < 1'000);
    commit(dead(2), done(2));
    const std::vector<journal_entry> left = all_of(read());
    BOOST_TEST((numbers_of(left) == numbers{1, 3}));
    BOOST_TEST(left.at(0).body.view() == body('a'));
    BOOST_TEST(left.at(1).body.view() == body('c'));
    BOOST_TEST(journal->kept().original("2")->body.view() == body('b'));
    BOOST_TEST(journal->kept().pending(id_of(3))->size == body('c').size() + 10);
    journal.reset();
    BOOST_TEST(check_journal(place.path()).findings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_compressed_row_is_written_anew_without_what_is_done, compressed_row)
{
    commit(done(1), done(3));
    now += std::chrono::seconds(11);
    disk->tidy();
    BOOST_TEST(count("SELECT count(*) FROM bundle_marks") == 0);
    BOOST_TEST(count("SELECT entries FROM bundles") == 1);
    const std::vector<journal_entry> left = all_of(read());
    BOOST_TEST((numbers_of(left) == numbers{2}));
    BOOST_TEST(left.at(0).body.view() == body('b'));
}

BOOST_FIXTURE_TEST_CASE(rows_stay_readable_when_compression_is_switched, compressed_row)
{
    compresses = false;
    disk.reset();
    write();
    commit(append(4, "g", body('d')));
    BOOST_TEST(content_size() > 10'000);
    const std::vector<journal_entry> left = all_of(read());
    BOOST_TEST((numbers_of(left) == numbers{1, 2, 3, 4}));
    BOOST_TEST(left.at(0).body.view() == body('a'));
    BOOST_TEST(left.at(3).body.view() == body('d'));
}

BOOST_FIXTURE_TEST_CASE(a_damaged_frame_damages_its_entries_and_they_can_end, compressed_row)
{
    commit(append(4));
    disk.reset();
    for (const char* damage : {"UPDATE bundles SET content = substr(content, 2) WHERE first = 1",
                               "UPDATE bundles SET content = '' WHERE first = 1"})
    {
        change(place.file(), damage);
        const std::vector<std::string> findings = check_journal(place.path()).findings;
        BOOST_TEST(findings.size() == 3U);
        BOOST_TEST(findings.at(0) == "records 1: its checksum does not match");
        const std::vector<journal_entry> left = all_of(read());
        BOOST_TEST((numbers_of(left) == numbers{1, 2, 3, 4}));
        for (const journal_entry& each : left)
            BOOST_TEST(each.head.empty() == (each.number < 4));
        BOOST_TEST(left.at(2).size == body('c').size() + 10);
        journal.reset();
    }
    write();
    commit(done(1), done(2), done(3));
    BOOST_TEST((numbers_of(all_of(read())) == numbers{4}));
}

BOOST_AUTO_TEST_SUITE_END()
