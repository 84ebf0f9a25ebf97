// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_store.hpp"

#include "archives.hpp"
#include "fixtures.hpp"
#include "host/packages/catalogue.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using namespace penstock::host;

namespace
{

std::string versioned(const std::string& version)
{
    return PENSTOCK_VERSIONED + version + "/versioned.so";
}

struct store_folder
{
    std::string install(const std::string& file) const
    {
        const auto done = package_store(store).install(file);
        return done ? (done->replaced ? "replaced" : "installed") : to_string(done.error());
    }

    std::string at(const std::string& name) const { return store + "/" + name; }

    // What is in the store, by name; nothing that was aside may be left.
    std::vector<std::string> names() const
    {
        std::vector<std::string> list;
        if (std::filesystem::exists(store))
            for (const auto& each : std::filesystem::directory_iterator(store))
                list.push_back(each.path().filename());
        std::sort(list.begin(), list.end());
        return list;
    }

    std::string version_of(const std::string& pin) const
    {
        catalogue all({{store, true}});
        const auto type = all.find("versioned/mark", pin);
        return type == nullptr ? "none" : type->version;
    }

    temporary_folder folder;
    std::string store = folder / "store/packages";
};

using strings = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(package_stores, store_folder)

BOOST_AUTO_TEST_CASE(a_package_is_found_once_it_is_installed)
{
    BOOST_TEST(install(versioned("1.2.0")) == "installed");
    BOOST_TEST(names() == strings{"versioned@1.2.0"}, boost::test_tools::per_element());
    BOOST_TEST(version_of("") == "1.2.0");
    BOOST_TEST(install(versioned("1.2.0")) == "replaced");
    BOOST_TEST(names() == strings{"versioned@1.2.0"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_versions_side_by_side_the_newest_counts_unless_one_is_pinned)
{
    for (const char* version : {"1.2.10", "2.0.0", "1.2.0"})
        BOOST_TEST(install(versioned(version)) == "installed");
    BOOST_TEST(version_of("") == "2.0.0");
    BOOST_TEST(version_of("versioned@1") == "1.2.10");
    BOOST_TEST(version_of("versioned@1.2") == "1.2.10");
    BOOST_TEST(version_of("versioned@1.2.0") == "1.2.0");
    BOOST_TEST(version_of("versioned@3") == "none");
    catalogue all({{store, true}});
    BOOST_TEST(all.warnings().empty());
    BOOST_TEST(all.refusals().empty());
    BOOST_TEST(all.packages().size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_archive_brings_what_it_has_beside_the_package)
{
    const std::string library = read_file(versioned("1.2.0"));
    const std::string file =
        pack(folder / "v.tar.gz", {{"v-1/versioned.so", library}, {"v-1/README.md", "read me"}});
    BOOST_TEST(install(file) == "installed");
    BOOST_TEST(version_of("") == "1.2.0");
    BOOST_TEST(read_file(at("versioned@1.2.0/README.md")) == "read me");
}

BOOST_AUTO_TEST_CASE(an_archive_without_exactly_one_library_is_refused)
{
    const std::string expected = "; exactly one NAME.so was expected";
    BOOST_TEST(install(pack(folder / "v.tar.gz", {{"README.md", "read me"}})) ==
               folder / "v.tar.gz" + ": has 0 libraries in its first folder" + expected);
    BOOST_TEST(install(pack(folder / "v.tar.gz", {{"a.so", "x"}, {"b.so", "x"}})) ==
               folder / "v.tar.gz" + ": has 2 libraries in its first folder" + expected);
    BOOST_TEST(install(pack(folder / "v.tar.gz", {{"../a.so", "x"}})) ==
               folder / "v.tar.gz" + ": \"../a.so\" leads out of its folder; a path below the "
                                     "archive's folder was expected");
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(what_would_not_load_is_refused_with_the_reason)
{
    const auto refusal = [&](const std::string& name)
    {
        const std::string said = install(fixture(name));
        BOOST_TEST(said.starts_with(fixture(name).string() + ": "), said);
        return said.substr(std::min(said.size(), fixture(name).string().size() + 2));
    };
    const auto has = [](const std::string& text, const char* part)
    { return text.find(part) != std::string::npos; };
    BOOST_TEST(has(refusal("other_sdk"), "99"));
    BOOST_TEST(has(refusal("no_stamp"), "stamp"));
    BOOST_TEST(has(refusal("no_manifest"), "manifest"));
    BOOST_TEST(has(refusal("undefined_symbol"), "cannot be loaded: undefined symbol"));
    BOOST_TEST(has(refusal("throws_when_made"), "throws when it is made: no licence key"));
    BOOST_TEST(has(refusal("lists_twice"), "twice"));
    BOOST_TEST(has(install(folder / "none.so"), "No such file"));
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_package_that_crashes_when_it_is_loaded_is_refused)
{
    BOOST_TEST(install(PENSTOCK_CRASHING) ==
               std::string(PENSTOCK_CRASHING) +
                   ": ends the process when it is loaded; a package whose constructors only "
                   "declare was expected");
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_file_or_a_folder_that_others_can_write_to_is_refused)
{
    const std::string file = folder / "versioned.so";
    std::filesystem::copy_file(versioned("1.2.0"), file);
    BOOST_REQUIRE(::chmod(file.c_str(), 0666) == 0);
    const std::string expected =
        ": is writable by others; one that only its owner can write to was expected";
    BOOST_TEST(install(file) == file + expected);
    const std::string archive =
        pack(folder / "v.tar.gz", {{"versioned.so", read_file(versioned("1.2.0"))}});
    BOOST_REQUIRE(::chmod(archive.c_str(), 0666) == 0);
    BOOST_TEST(install(archive) == archive + expected);
    std::filesystem::create_directories(store);
    BOOST_REQUIRE(::chmod(store.c_str(), 0777) == 0);
    BOOST_TEST(install(versioned("1.2.0")) == store + expected);
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_file_under_another_name_than_its_package_is_refused)
{
    std::filesystem::copy_file(versioned("1.2.0"), folder / "other.so");
    BOOST_TEST(install(folder / "other.so") ==
               folder / "other.so" +
                   ": holds the package \"versioned\"; the name versioned.so was expected");
}

BOOST_AUTO_TEST_CASE(one_version_is_removed_or_all)
{
    for (const char* version : {"1.2.0", "1.2.10", "2.0.0"})
        BOOST_TEST(install(versioned(version)) == "installed");
    BOOST_TEST(package_store(store).remove("versioned@1.2.0")->size() == 1u);
    BOOST_TEST(names() == (strings{"versioned@1.2.10", "versioned@2.0.0"}),
               boost::test_tools::per_element());
    BOOST_TEST(package_store(store).remove("versioned")->size() == 2u);
    BOOST_TEST(names().empty());
    for (const char* none : {"versioned", "", "..", "../packages", "version"})
        BOOST_TEST(package_store(store).remove(none).has_error(), none);
}

BOOST_AUTO_TEST_SUITE_END()
