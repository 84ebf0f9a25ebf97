// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision_store.hpp"

#include "tests/host/temporary_folder.hpp"

#include "host/store/revision.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(revision_store_files)

using penstock::host::kept_revision;
using penstock::host::revision;
using penstock::host::revision_store;
using penstock::host::testing::temporary_folder;
using std::chrono::system_clock;

namespace
{

const system_clock::time_point noon{std::chrono::seconds(1'790'000'000)};

class kept
{
public:
    void add(const std::string& text, system_clock::time_point when = noon, std::size_t most = 100)
    {
        BOOST_TEST(!store.add("graph", text, when, most).has_value());
    }

    [[nodiscard]] std::vector<std::string> texts() const
    {
        std::vector<std::string> all;
        for (const kept_revision& each : store.list("graph"))
            all.push_back(store.read("graph", each.revision).value_or("missing"));
        return all;
    }

    temporary_folder folder;
    revision_store store{folder.path() / "revisions"};
};

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(what_is_added_is_listed_newest_first)
{
    kept all;
    BOOST_TEST(all.texts().empty());
    for (const char* text : {"one", "two", "three"})
        all.add(text);
    BOOST_TEST(all.texts() == (texts{"three", "two", "one"}), boost::test_tools::per_element());
    const kept_revision newest = all.store.list("graph").front();
    BOOST_TEST(newest.revision == revision("three"));
    BOOST_TEST(newest.bytes == 5U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_does_not_change_the_order)
{
    kept all;
    all.add("one", noon);
    all.add("two", noon - std::chrono::hours(1));
    BOOST_TEST(all.texts() == (texts{"two", "one"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_that_comes_again_is_kept_once_and_newest)
{
    kept all;
    for (const char* text : {"one", "two", "two", "one"})
        all.add(text);
    BOOST_TEST(all.texts() == (texts{"one", "two"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_the_newest_are_kept)
{
    kept all;
    for (const char* text : {"one", "two", "three", "four"})
        all.add(text, noon, 2);
    BOOST_TEST(all.texts() == (texts{"four", "three"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(removing_forgets_all_of_one_graph)
{
    kept all;
    all.add("one");
    BOOST_TEST(!all.store.add("other", "text", noon, 100).has_value());
    BOOST_TEST(!all.store.remove("graph").has_value());
    BOOST_TEST(!all.store.remove("graph").has_value());
    BOOST_TEST(all.texts().empty());
    BOOST_TEST(all.store.list("other").size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_somebody_else_put_there_is_passed_over)
{
    kept all;
    all.add("one");
    for (const char* name : {"notes.json", "000000000000001.json", "00000000000000x-1.json"})
        std::ofstream(all.folder.path() / "revisions" / "graph" / name) << "x";
    BOOST_TEST(all.texts() == texts{"one"}, boost::test_tools::per_element());
}

// The editor's drafts say which revision they began with.
BOOST_AUTO_TEST_CASE(what_an_older_version_kept_is_read_by_the_shorter_name_that_it_gave)
{
    kept all;
    all.add("two");
    std::ofstream(all.folder.path() / "revisions" / "graph" /
                  "000000000000001-af63dc4c8601ec8c.json")
        << "one";
    BOOST_TEST(all.texts() == (texts{"two", "one"}), boost::test_tools::per_element());
    BOOST_TEST(all.store.read("graph", "af63dc4c8601ec8c").value_or("missing") == "one");
}

BOOST_AUTO_TEST_CASE(a_revision_is_never_a_path)
{
    kept all;
    all.add("one");
    std::ofstream(all.folder.path() / "revisions" / "secret.json") << "x";
    BOOST_TEST(!all.store.read("graph", "../secret").has_value());
    BOOST_TEST(!all.store.read("graph", "").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
