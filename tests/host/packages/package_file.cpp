// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_file.hpp"

#include "fixtures.hpp"
#include "host/packages/catalogue.hpp"
#include "host/packages/trust.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

#include <sys/stat.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

std::string verdict(const std::string& path)
{
    const auto opened = package_file::open(path);
    const auto seen = package_file::look(path); // says the same without reading
    BOOST_TEST(seen.has_value() == opened.has_value());
    if (opened.has_error())
        return to_string(opened.error());
    BOOST_TEST(seen->path == opened->path());
    BOOST_TEST((seen->identity == opened->identity()));
    return "opened";
}

void set_mode(const std::filesystem::path& path, ::mode_t mode)
{
    BOOST_REQUIRE(::chmod(path.c_str(), mode) == 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(package_files)

BOOST_AUTO_TEST_CASE(gives_the_bytes_of_a_file)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "some bytes");
    const auto opened = package_file::open(folder / "a.so");
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->bytes().size() == 10u);
    BOOST_TEST(static_cast<char>(opened->bytes()[5]) == 'b');
    BOOST_TEST(opened->path() == folder / "a.so");
}

BOOST_AUTO_TEST_CASE(opens_an_empty_file)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "");
    BOOST_TEST(verdict(folder / "a.so") == "opened");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_there)
{
    const temporary_folder folder;
    BOOST_TEST(verdict(folder / "a.so") ==
               folder / "a.so" + ": cannot be opened: No such file or directory");
}

BOOST_AUTO_TEST_CASE(refuses_folders_and_pipes)
{
    const temporary_folder folder;
    std::filesystem::create_directory(folder / "a.so");
    BOOST_REQUIRE(::mkfifo((folder / "b.so").c_str(), 0600) == 0);
    const std::string end = ": is not a regular file; a shared library was expected";
    BOOST_TEST(verdict(folder / "a.so") == folder / "a.so" + end);
    BOOST_TEST(verdict(folder / "b.so") == folder / "b.so" + end);
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_others_may_write_to)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    set_mode(folder / "a.so", 0646);
    BOOST_TEST(verdict(folder / "a.so") ==
               folder / "a.so" +
                   ": is writable by others; one that only its owner can write to was expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_file_in_a_folder_that_others_may_write_to)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    set_mode(folder.path(), 0777);
    BOOST_TEST(verdict(folder / "a.so") ==
               folder.path().string() +
                   ": is writable by others; one that only its owner can write to was expected");
    BOOST_TEST(check_folder(folder.path()).has_value());
}

BOOST_AUTO_TEST_CASE(accepts_a_folder_that_is_sticky)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    set_mode(folder.path(), 01777);
    BOOST_TEST(verdict(folder / "a.so") == "opened");
    BOOST_TEST(!check_folder(folder.path()).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_a_strangers_file_in_a_sticky_folder)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    set_mode(folder.path(), 01777);
    if (::chown((folder / "a.so").c_str(), 65534, static_cast<::gid_t>(-1)) != 0)
    {
        BOOST_TEST_MESSAGE("not run: only root can give a file away");
        return;
    }
    BOOST_TEST(verdict(folder / "a.so") ==
               folder / "a.so" + ": belongs to another user; one of root or of this user was "
                                 "expected");
}

BOOST_AUTO_TEST_CASE(accepts_what_ones_own_group_may_write_to)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    set_mode(folder / "a.so", 0664);
    set_mode(folder.path(), 0775);
    BOOST_TEST(verdict(folder / "a.so") == "opened");
}

BOOST_AUTO_TEST_CASE(follows_links_to_the_file_and_judges_that)
{
    const temporary_folder folder;
    std::filesystem::create_directory(folder / "open");
    write_file(folder / "open/a.so", "x");
    set_mode(folder / "open", 0777);
    std::filesystem::create_symlink(folder / "open/a.so", folder / "b.so");
    BOOST_TEST(verdict(folder / "b.so") ==
               folder / "open" +
                   ": is writable by others; one that only its owner can write to was expected");
    set_mode(folder / "open", 0755);
    const auto opened = package_file::open(folder / "b.so");
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->path() == folder / "open/a.so");
}

BOOST_AUTO_TEST_CASE(tells_a_replaced_file_from_the_first)
{
    const temporary_folder folder;
    write_file(folder / "a.so", "x");
    write_file(folder / "b.so", "x");
    const auto before = package_file::open(folder / "a.so");
    std::filesystem::rename(folder / "b.so", folder / "a.so");
    const auto after = package_file::open(folder / "a.so");
    BOOST_REQUIRE((before.has_value() && after.has_value()));
    BOOST_TEST((before->identity() != after->identity()));
}

BOOST_AUTO_TEST_CASE(a_file_of_the_same_identity_is_not_read_again_by_a_catalogue)
{
    const temporary_folder folder;
    const std::string file = folder / "sample.so";
    copy_fixture("sample", file);
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST(catalogue.packages().size() == 1U);
    const auto written = std::filesystem::last_write_time(file);
    write_file(file, std::string(std::filesystem::file_size(file), ' '));
    std::filesystem::last_write_time(file, written);
    catalogue.rescan();
    BOOST_TEST(catalogue.packages().size() == 1U);
    std::filesystem::last_write_time(file, written + std::chrono::seconds(1));
    catalogue.rescan();
    BOOST_TEST(catalogue.packages().empty());
    BOOST_TEST(catalogue.refusals().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_no_danger)
{
    BOOST_TEST(!check_folder("/nowhere/at/all").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
