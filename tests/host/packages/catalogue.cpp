// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/catalogue.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <thread>

namespace penstock::host
{

namespace
{

std::vector<std::string> ids(const std::vector<std::shared_ptr<const component_type>>& types)
{
    std::vector<std::string> list;
    for (const auto& each : types)
        list.push_back(each->id);
    return list;
}

/// Gives a copy of the sample another version of the same length.
void copy_sample_as(const std::string& version, const std::string& to)
{
    std::string file = read_file(fixture("sample"));
    for (std::size_t at = file.find("1.2.3"); at != file.npos; at = file.find("1.2.3", at + 1))
        file.replace(at, 5, version);
    write_file(to, file);
}

struct one_folder
{
    temporary_folder folder;

    std::string at(const char* name) const { return folder / name; }
};

struct two_folders
{
    temporary_folder first;
    temporary_folder second;

    std::vector<package_place> places() const
    {
        return {{first.path(), true}, {second.path(), true}};
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(catalogues)

BOOST_FIXTURE_TEST_CASE(finds_a_component_in_its_package, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    const auto found = catalogue.find("sample/pass");
    BOOST_REQUIRE(found != nullptr);
    BOOST_TEST(found->id == "sample/pass");
    BOOST_TEST(found->path == at("sample.so"));
    BOOST_TEST((catalogue.find("sample/pass") == found));
    BOOST_TEST(catalogue.refusals().empty());
    BOOST_TEST(catalogue.warnings().empty());
}

BOOST_FIXTURE_TEST_CASE(finds_nothing_that_is_not_there, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    for (const char* id : {"sample/nothing", "sample", "sample/", "other/pass", "", "/", "pass"})
        BOOST_TEST((catalogue.find(id) == nullptr), id);
}

BOOST_FIXTURE_TEST_CASE(loads_a_package_only_when_it_is_asked_for, one_folder)
{
    const fixture_watch watch;
    copy_fixture("sample", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    (void)catalogue.find("other/thing");
    BOOST_TEST(catalogue.packages().size() == 1u);
    BOOST_TEST(!watch.ran());
    (void)catalogue.find("sample/pass");
    BOOST_TEST(watch.ran());
}

BOOST_FIXTURE_TEST_CASE(lists_components_by_category_and_id, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    const std::vector<std::string> expected{"sample/read",       "sample/source",  "sample/pass",
                                            "sample/join",       "sample/split",   "sample/tally",
                                            "sample/tally_each", "sample/window",  "sample/discard",
                                            "sample/old_write",  "sample/publish", "sample/write"};
    BOOST_TEST(ids(catalogue({{folder.path(), true}}).all()) == expected,
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_earlier_place_wins_with_a_warning, two_folders)
{
    copy_fixture("sample", first / "sample.so");
    copy_fixture("sample", second / "sample.so");
    catalogue catalogue(places());
    BOOST_REQUIRE(catalogue.find("sample/pass") != nullptr);
    BOOST_TEST(catalogue.find("sample/pass")->path == first / "sample.so");
    BOOST_REQUIRE(catalogue.warnings().size() == 1u);
    BOOST_TEST(to_string(catalogue.warnings().front()) ==
               second / "sample.so" + ": package \"sample\" is hidden by " + (first / "sample.so"));
    BOOST_TEST(catalogue.all().size() == 12u);
}

BOOST_FIXTURE_TEST_CASE(a_package_twice_in_one_place_is_refused, one_folder)
{
    const fixture_watch watch;
    copy_fixture("sample", at("sample.so"));
    copy_fixture("sample", at("simple.so"));
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    const std::string end = " too; one file for each version of a package was expected";
    const std::vector<std::string> expected{
        at("sample.so") + ": package \"sample\" is in " + at("simple.so") + end,
        at("simple.so") + ": package \"sample\" is in " + at("sample.so") + end};
    BOOST_TEST(lines(catalogue.refusals()) == expected, boost::test_tools::per_element());
    BOOST_TEST(!watch.ran());
}

BOOST_FIXTURE_TEST_CASE(a_refused_package_keeps_its_name_from_later_places, two_folders)
{
    const fixture_watch watch;
    write_file(first / "sample.so", "not a library");
    copy_fixture("sample", second / "sample.so");
    catalogue catalogue(places());
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST((catalogue.find("sample/pass", "sample@1.2.3") == nullptr));
    BOOST_TEST(catalogue.all().empty());
    BOOST_TEST(!watch.ran());
    BOOST_REQUIRE(catalogue.packages().size() == 1u);
    BOOST_TEST(catalogue.packages().front().hidden);
    const std::vector<std::string> expected{first / "sample.so" +
                                            ": is not a shared library; an ELF file was expected"};
    BOOST_TEST(lines(catalogue.refusals("sample")) == expected, boost::test_tools::per_element());
    BOOST_TEST(catalogue.refusals("other").empty());
}

BOOST_FIXTURE_TEST_CASE(a_package_that_does_not_load_keeps_its_name_from_later_places, two_folders)
{
    copy_fixture("sample", first / "sample.so");
    copy_fixture("sample", second / "sample.so");
    catalogue catalogue(places());
    copy_fixture("throws_when_made", first / "new");
    std::filesystem::rename(first / "new", first / "sample.so");
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST(catalogue.all().empty());
}

BOOST_FIXTURE_TEST_CASE(an_older_version_does_not_stand_in_for_a_refused_one, one_folder)
{
    copy_sample_as("1.2.3", at("sample.so"));
    std::filesystem::create_directory(at("sample@2.0.0"));
    write_file(at("sample@2.0.0/sample.so"), "not a library");
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST((catalogue.find("sample/pass", "sample@1.2") != nullptr));
}

BOOST_FIXTURE_TEST_CASE(a_named_folder_that_cannot_be_used_keeps_all_names_from_later_places,
                        two_folders)
{
    copy_fixture("sample", second / "sample.so");
    catalogue catalogue({{first / "missing", true}, {second.path(), false}});
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST(lines(catalogue.refusals("sample")).size() == 1u);
    BOOST_TEST((
        host::catalogue({{first / "missing", false}, {second.path(), false}}).find("sample/pass") !=
        nullptr));
}

BOOST_FIXTURE_TEST_CASE(a_package_that_cannot_be_loaded_is_refused_once, one_folder)
{
    copy_fixture("throws_when_made", at("throws_when_made.so"));
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST(catalogue.refusals().empty());
    BOOST_TEST((catalogue.find("throws_when_made/idle") == nullptr));
    BOOST_TEST((catalogue.find("throws_when_made/idle") == nullptr));
    BOOST_TEST(catalogue.all().empty());
    BOOST_TEST(catalogue.refusals().size() == 1u);
    BOOST_TEST(catalogue.packages().empty());
}

BOOST_FIXTURE_TEST_CASE(one_wrong_package_does_not_hide_the_others, one_folder)
{
    for (const char* name : {"no_stamp", "no_manifest", "other_sdk", "lists_twice", "sample"})
        copy_fixture(name, folder / (std::string(name) + ".so"));
    write_file(at("text.so"), "text");
    write_file(at("readme.txt"), "not looked at");
    write_file(at(".hidden.so"), "not looked at");
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST(catalogue.refusals().size() == 4u);
    BOOST_TEST(catalogue.all().size() == 12u);
    BOOST_TEST(catalogue.refusals().size() == 5u); // one was only found when it was loaded
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_others_may_write_to_is_refused, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    BOOST_REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    const std::vector<std::string> expected{
        folder.path().string() +
        ": is writable by others; one that only its owner can write to was expected"};
    BOOST_TEST(lines(catalogue.refusals()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_named_folder_that_is_missing_is_told)
{
    const std::vector<std::string> expected{
        "/nowhere/at/all: is not there; a folder of packages was expected"};
    BOOST_TEST(lines(catalogue({{"/nowhere/at/all", true}}).refusals()) == expected,
               boost::test_tools::per_element());
    BOOST_TEST(catalogue({{"/nowhere/at/all", false}}).refusals().empty());
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_is_named_twice_counts_once, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    catalogue catalogue({{folder.path(), true}, {folder.path() / ".", true}});
    BOOST_TEST(catalogue.warnings().empty());
    BOOST_TEST((catalogue.find("sample/pass") != nullptr));
}

BOOST_FIXTURE_TEST_CASE(a_pin_chooses_the_version, two_folders)
{
    copy_sample_as("1.2.3", first / "sample.so");
    copy_sample_as("1.3.0", second / "sample.so");
    catalogue catalogue(places());
    BOOST_REQUIRE(catalogue.find("sample/pass", "sample@1.3") != nullptr);
    BOOST_TEST(catalogue.find("sample/pass", "sample@1.3")->version == "1.3.0");
    BOOST_TEST(catalogue.find("sample/pass", "sample@1")->version == "1.2.3");
    BOOST_TEST(catalogue.find("sample/pass")->version == "1.2.3");
    for (const char* pin : {"sample@1.2.30", "sample@1.", "sample@2", "simple@1.2"})
        BOOST_TEST((catalogue.find("sample/pass", pin) == nullptr), pin);
}

BOOST_FIXTURE_TEST_CASE(looking_again_finds_what_came_and_forgets_what_went, one_folder)
{
    catalogue catalogue({{folder.path(), true}});
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    copy_fixture("sample", at("sample.so"));
    catalogue.rescan();
    const auto found = catalogue.find("sample/pass");
    BOOST_REQUIRE(found != nullptr);
    catalogue.rescan();
    BOOST_TEST((catalogue.find("sample/pass") == found)); // loaded once
    std::filesystem::remove(at("sample.so"));
    catalogue.rescan();
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST(found->make() != nullptr); // what was loaded stays
}

BOOST_FIXTURE_TEST_CASE(a_replaced_package_is_loaded_beside_the_old, one_folder)
{
    copy_sample_as("1.2.3", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    const auto before = catalogue.find("sample/pass");
    copy_sample_as("2.0.0", at("new"));
    std::filesystem::rename(at("new"), at("sample.so"));
    catalogue.rescan();
    const auto after = catalogue.find("sample/pass");
    BOOST_REQUIRE((before != nullptr && after != nullptr));
    BOOST_TEST(before->version == "1.2.3");
    BOOST_TEST(after->version == "2.0.0");
    BOOST_TEST(after->path == at("sample.so"));
    BOOST_TEST((after->make() != nullptr && before->make() != nullptr));
}

BOOST_FIXTURE_TEST_CASE(a_package_that_is_exchanged_before_it_is_loaded_is_read_again, one_folder)
{
    copy_sample_as("1.2.3", at("sample.so"));
    std::vector<std::string> told;
    catalogue catalogue({{folder.path(), true}},
                        [&](const problem& each) { told.push_back(to_string(each)); });
    copy_sample_as("2.0.0", at("new"));
    std::filesystem::rename(at("new"), at("sample.so"));
    const auto found = catalogue.find("sample/pass");
    BOOST_REQUIRE(found != nullptr);
    BOOST_TEST(found->version == "2.0.0");
    BOOST_TEST(catalogue.refusals().empty());
    BOOST_REQUIRE(catalogue.packages().size() == 1u);
    BOOST_TEST(catalogue.packages().front().stamp.version == "2.0.0");
    const std::vector<std::string> expected{
        at("sample.so") + ": was exchanged before it was loaded, so it is read again"};
    BOOST_TEST(told == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_package_that_is_exchanged_for_another_is_refused, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    std::vector<problem> told;
    catalogue catalogue({{folder.path(), true}},
                        [&](const problem& each) { told.push_back(each); });
    copy_fixture("throws_when_made", at("new"));
    std::filesystem::rename(at("new"), at("sample.so"));
    BOOST_TEST((catalogue.find("sample/pass") == nullptr));
    BOOST_TEST(told.empty());
    const std::vector<std::string> expected{
        at("sample.so") + ": its manifest is not that of its stamp; a file that nothing replaced "
                          "after it was looked at was expected"};
    BOOST_TEST(lines(catalogue.refusals()) == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_pin_holds_for_the_package_that_is_read_again, one_folder)
{
    copy_sample_as("1.2.3", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    copy_sample_as("2.0.0", at("new"));
    std::filesystem::rename(at("new"), at("sample.so"));
    BOOST_TEST((catalogue.find("sample/pass", "sample@1.2") == nullptr));
    BOOST_TEST((catalogue.find("sample/pass", "sample@2") != nullptr));
}

BOOST_FIXTURE_TEST_CASE(may_be_asked_from_many_threads, one_folder)
{
    copy_fixture("sample", at("sample.so"));
    catalogue catalogue({{folder.path(), true}});
    std::vector<std::shared_ptr<const component_type>> found(8);
    {
        std::vector<std::jthread> threads;
        for (std::shared_ptr<const component_type>& each : found)
            threads.emplace_back(
                [&]
                {
                    each = catalogue.find("sample/pass");
                    (void)catalogue.all();
                    catalogue.rescan();
                });
    }
    for (const auto& each : found)
        BOOST_TEST((each != nullptr && each == found.front()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
