// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/archive.hpp"

#include "archives.hpp"
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(archives)

using namespace penstock::host;

namespace
{

using entries = std::vector<packed>;

// A folder for the archive, and in it one that is unpacked into.
struct unpacked
{
    explicit unpacked(const entries& list, const archive_limits& limits = {})
    {
        std::filesystem::create_directory(folder / "into");
        const auto wrong = unpack(pack(folder / "a.tar.gz", list), folder / "into", limits);
        said = wrong ? to_string(*wrong).substr((folder / "a.tar.gz").size()) : "fine";
    }

    // What is there besides the archive and the folder.
    std::size_t outside() const
    {
        return static_cast<std::size_t>(
                   std::distance(std::filesystem::directory_iterator(folder.path()), {})) -
               2;
    }

    temporary_folder folder;
    std::string said;
};

} // namespace

BOOST_AUTO_TEST_CASE(files_and_folders_are_unpacked_readable_and_not_executable)
{
    const unpacked result(entries{{"demo/", "", AE_IFDIR},
                                  {"demo/a.so", "library", AE_IFREG, "", "", 04777},
                                  {"./demo/doc/b.md", "text"}});
    BOOST_TEST(result.said == "fine");
    BOOST_TEST(read_file(result.folder / "into/demo/a.so") == "library");
    BOOST_TEST(read_file(result.folder / "into/demo/doc/b.md") == "text");
    struct stat entry;
    BOOST_REQUIRE(::stat((result.folder / "into/demo/a.so").c_str(), &entry) == 0);
    BOOST_TEST((entry.st_mode & 07777) == 0644u);
}

BOOST_AUTO_TEST_CASE(paths_that_lead_elsewhere_are_refused)
{
    const std::string expected = "; a path below the archive's folder was expected";
    BOOST_TEST(unpacked(entries{{"../a", "x"}}).said ==
               ": \"../a\" leads out of its folder" + expected);
    BOOST_TEST(unpacked(entries{{"b/../../a", "x"}}).said ==
               ": \"b/../../a\" leads out of its folder" + expected);
    BOOST_TEST(unpacked(entries{{"b/..", "", AE_IFDIR}}).said ==
               ": \"b/../\" leads out of its folder" + expected);
    BOOST_TEST(unpacked(entries{{"/tmp/a", "x"}}).said == ": \"/tmp/a\" is absolute" + expected);
    BOOST_TEST(unpacked(entries{{"../a", "x"}}).outside() == 0u);
}

BOOST_AUTO_TEST_CASE(links_devices_and_pipes_are_refused)
{
    const std::string expected = "; files and folders were expected";
    BOOST_TEST(unpacked(entries{{"a", "", AE_IFLNK, "/etc/passwd"}}).said ==
               ": \"a\" is a link" + expected);
    BOOST_TEST(unpacked(entries{{"a", "x"}, {"b", "", AE_IFREG, "", "a"}}).said ==
               ": \"b\" is a link" + expected);
    for (const unsigned kind : {AE_IFCHR, AE_IFBLK, AE_IFIFO})
        BOOST_TEST(unpacked(entries{{"a", "", kind}}).said ==
                   ": \"a\" is a device, pipe or socket" + expected);
}

BOOST_AUTO_TEST_CASE(a_link_cannot_be_written_through)
{
    const unpacked result(entries{{"out", "", AE_IFLNK, ".."}, {"out/a", "x"}});
    BOOST_TEST(result.said != "fine");
    BOOST_TEST(result.outside() == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_too_much_is_refused)
{
    BOOST_TEST(unpacked(entries{{"a", "x"}, {"b", "x"}}, {.entries = 1}).said ==
               ": has too many entries; at most 1, or a higher --unpacked-entries, were expected");
    BOOST_TEST(unpacked(entries{{"a", std::string(100'000, 'x')}}, {.bytes = 99'999}).said ==
               ": is too long unpacked; at most 99999 bytes, or a higher --unpacked-limit, were "
               "expected");
    BOOST_TEST(unpacked(entries{{"a", "x"}, {"a", "y"}}).said ==
               ": \"a\" is in it twice; each path once was expected");
}

BOOST_AUTO_TEST_CASE(what_is_no_archive_is_refused)
{
    const temporary_folder folder;
    write_file(folder / "a.tar.gz", "not an archive");
    const auto wrong = unpack(folder / "a.tar.gz", folder.path());
    BOOST_REQUIRE(wrong.has_value());
    BOOST_TEST(wrong->expected == "a .tar.gz was expected");
}

BOOST_AUTO_TEST_CASE(an_archive_whose_checksum_is_another_is_refused)
{
    const temporary_folder folder;
    const std::string file = pack(folder / "a: b.tar.gz", {{"demo/a.so", "library"}});
    const std::string whole = read_file(file);
    const auto said = [&](std::string bytes)
    {
        write_file(file, bytes);
        const auto wrong = unpack(file, folder.path());
        return wrong ? to_string(*wrong).substr(file.size()) : "fine";
    };
    std::string changed = whole;
    changed[changed.size() - 8] = static_cast<char>(changed[changed.size() - 8] ^ 1);
    BOOST_TEST(said(changed) ==
               ": cannot be read: damaged: incorrect data check; a whole .tar.gz was expected");
    BOOST_TEST(said(whole.substr(0, whole.size() - 5)) ==
               ": cannot be read: damaged: unexpected end of file; a whole .tar.gz was expected");
}

BOOST_AUTO_TEST_SUITE_END()
