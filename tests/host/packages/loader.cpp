// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/loader.hpp"

#include "fixtures.hpp"
#include "host/packages/library.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>

namespace penstock::host
{

namespace
{

/// Returns whether a line of what is mapped into this process ends with the text.
bool is_mapped(const std::string& name)
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.ends_with(name))
            return true;
    return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(loader)

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they map files

// A write to a file that is mapped ends the process that runs it.
BOOST_AUTO_TEST_CASE(what_is_loaded_runs_on_when_its_file_is_written_over)
{
    const temporary_folder folder;
    const auto found = examine_package(copy_fixture("sample", folder / "sample.so"));
    BOOST_REQUIRE(found.has_value());
    const auto loaded = load_package(*found);
    BOOST_REQUIRE(loaded.has_value());
    write_file(folder / "sample.so", ""); // as cp does, before it writes anything
    for (const auto& each : *loaded)
        BOOST_TEST((each->make() != nullptr));
}

BOOST_AUTO_TEST_CASE(a_copy_has_the_name_of_its_file)
{
    const temporary_folder folder;
    const auto file = package_file::open(copy_fixture("sample", folder / "sample.so"));
    BOOST_REQUIRE(map_package(*file, mapped::copy).has_value());
    BOOST_TEST(is_mapped("/memfd:" + (folder / "sample.so") + " (deleted)"));
    BOOST_TEST(!is_mapped(folder / "sample.so"));
}

#endif

BOOST_AUTO_TEST_CASE(a_file_is_mapped_where_that_is_wanted)
{
    const temporary_folder folder;
    const auto file = package_file::open(copy_fixture("sample", folder / "sample.so"));
    BOOST_REQUIRE(map_package(*file, mapped::file).has_value());
    BOOST_TEST(is_mapped(folder / "sample.so"));
}

BOOST_AUTO_TEST_CASE(what_a_library_needs_is_known_before_it_is_loaded)
{
    const auto file = package_file::open(fixture("sample"));
    const std::vector<std::string_view> needed = elf_file(file->bytes()).needed();
    BOOST_TEST(std::ranges::count(needed, "libstdc++.so.6") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
