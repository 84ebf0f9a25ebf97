// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/log_check.hpp"

#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/journal_check.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(log_check)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

constexpr std::uint64_t header = 32;
constexpr std::uint64_t frame = 4'096 + 24;

/// The files of a journal that ended without being closed, with twenty commits in its log.
class left_journal
{
public:
    left_journal()
    {
        const scratch place(in_memory());
        sqlite_journal journal(place.options());
        for (int i = 0; i < 20; ++i)
            BOOST_REQUIRE((append(journal, an_entry("g", "x")).how.get() == commit::kept));
        std::filesystem::copy_file(place.file(), files_.file());
        std::filesystem::copy_file(log_of(place.file()), log());
        std::filesystem::copy_file(promise_path(place.file()), promise_path(files_.file()));
    }

    [[nodiscard]] const scratch& files() const noexcept { return files_; }

    [[nodiscard]] static std::string log_of(const std::filesystem::path& file)
    {
        return file.string() + "-wal";
    }
    [[nodiscard]] std::string log() const { return log_of(files_.file()); }
    [[nodiscard]] std::uint64_t frames() const
    {
        return (std::filesystem::file_size(log()) - header) / frame;
    }

    void flip(std::uint64_t byte) const
    {
        std::fstream file(log(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(static_cast<std::streamoff>(byte));
        const int before = file.get();
        file.seekp(static_cast<std::streamoff>(byte));
        file.put(static_cast<char>(before ^ 4));
    }

    void cut(std::uint64_t size) const { std::filesystem::resize_file(log(), size); }

    [[nodiscard]] std::optional<log_damage> damage() const { return damage_of_log(files_.file()); }

private:
    scratch files_{in_memory()};
};

} // namespace

BOOST_AUTO_TEST_CASE(a_whole_log_has_no_damage)
{
    const left_journal left;
    BOOST_TEST(left.frames() >= 20U);
    BOOST_TEST(!left.damage());
}

BOOST_AUTO_TEST_CASE(a_journal_without_a_log_has_no_damage)
{
    const scratch place;
    BOOST_TEST(!damage_of_log(place.file()));
}

BOOST_AUTO_TEST_CASE(a_changed_bit_is_told_with_the_commits_behind_it)
{
    // In the page, the checksum, the salts and the page's number of a frame in the middle.
    for (const std::uint64_t at : {1'000U, 17U, 9U, 2U})
    {
        const left_journal left;
        const std::uint64_t damaged = header + left.frames() / 2 * frame;
        left.flip(damaged + at);
        const auto damage = left.damage();
        BOOST_REQUIRE(damage.has_value());
        BOOST_TEST(damage->byte == damaged);
        BOOST_TEST(damage->commits >= 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_changed_bit_in_the_header_is_told)
{
    const left_journal left;
    left.flip(18);
    const auto damage = left.damage();
    BOOST_REQUIRE(damage.has_value());
    BOOST_TEST(damage->commits >= 1U);
}

// Of what was never acknowledged: what a power cut tears off is not in the promise.
BOOST_AUTO_TEST_CASE(an_end_that_was_torn_off_is_no_damage)
{
    const left_journal left;
    for (std::uint64_t frames = left.frames(); frames > 0; --frames)
    {
        left.cut(header + frames * frame - 512);
        BOOST_TEST(!left.damage());
    }
}

BOOST_AUTO_TEST_CASE(an_extent_is_that_of_the_whole_commits_up_to_the_first_damage)
{
    const left_journal left;
    const auto whole = extent_of_log(left.files().file());
    BOOST_TEST_REQUIRE(whole.has_value());
    BOOST_TEST(whole->frames == left.frames());
    left.flip(header + left.frames() / 2 * frame + 1'000);
    const auto damaged = extent_of_log(left.files().file());
    BOOST_TEST_REQUIRE(damaged.has_value());
    BOOST_TEST(damaged->salts == whole->salts);
    BOOST_TEST(damaged->frames <= left.frames() / 2);
    left.flip(18);
    BOOST_TEST(!extent_of_log(left.files().file()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
