// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/bundle.hpp"

#include "host/journal/sqlite/sql.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/journal_of_version_4.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(rows_of_entries)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

journal_entry entry_of(entry_number number, std::string head)
{
    journal_entry made = an_entry();
    made.number = number;
    made.id = numbering().id(number, 1'000'000 - number); // times may go back
    made.head = bytes(std::move(head));
    return made;
}

/// A file with the tables of a journal of version 4, and its rows.
struct a_file
{
    bundle read(entry_number first)
    {
        statement row(file, select(bundle_columns, "bundles WHERE first = ?"));
        row.bind(1, static_cast<std::int64_t>(first));
        row.step();
        return read_bundle(row);
    }

    void insert(const bundle& what, compressor* with = nullptr)
    {
        statement to(file, insert_into("INSERT OR REPLACE", "bundles", bundle_columns));
        insert_bundle(to, what, with);
    }

    static const std::filesystem::path& made(const std::filesystem::path& path)
    {
        make_journal_of_version_4(path);
        return path;
    }

    scratch place;
    sqlite_file file{made(place.file()), sqlite_file::use::writing, ""};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(heads_are_read_back_whatever_they_begin_with, a_file)
{
    const std::string usual = R"({"packets":[{"size":)";
    std::vector<std::string> heads{
        usual + "1}]}", usual + "22}]}", "", usual, "{", usual + std::string(5'000, 'x'),
        usual + "1}]}1"};
    for (int round = 0; round < 2; ++round)
    {
        bundle row;
        for (std::size_t i = 0; i < heads.size(); ++i)
            row.add(entry_of(100 + i, heads[i]));
        insert(row);
        const bundle found = read(100);
        BOOST_TEST(found.is_whole);
        BOOST_TEST(found.has_content());
        for (std::size_t i = 0; i < heads.size(); ++i)
        {
            const journal_entry sent = entry_of(100 + i, heads[i]);
            const journal_entry each = found.entry(sent.number, numbering());
            BOOST_TEST(each.head.view() == sent.head.view());
            BOOST_TEST((each.body == sent.body));
            BOOST_TEST((each.id == sent.id));
            BOOST_TEST((each.accepted == sent.accepted));
        }
        std::ranges::reverse(heads); // the longest is not the first
    }
}

BOOST_FIXTURE_TEST_CASE(ids_are_read_back_whichever_host_they_name, a_file)
{
    const auto entry_on = [](entry_number number)
    {
        journal_entry made = entry_of(number, "{}");
        made.id.high |= (number * 1'365 % 4'096) << 52;
        return made;
    };
    bundle row;
    for (entry_number number = 1; number <= 9; ++number)
        row.add(entry_on(number));
    insert(row);
    const bundle found = read(1);
    for (entry_number number = 1; number <= 9; ++number)
    {
        const journal_entry sent = entry_on(number);
        const journal_entry each = found.entry(number, numbering());
        BOOST_TEST((each.id == sent.id));
        BOOST_TEST((each.accepted == sent.accepted));
    }
}

BOOST_AUTO_TEST_CASE(what_heads_begin_with_is_written_once)
{
    bundle row;
    for (entry_number number = 1; number <= 100; ++number)
        row.add(entry_of(number, std::string(200, 'h') + std::to_string(number)));
    BOOST_TEST(row.content->size() < 100 * 20U);
}

BOOST_FIXTURE_TEST_CASE(a_row_of_version_4_is_written_anew_as_rows_are_now, a_file)
{
    compressor with;
    for (compressor* each : {static_cast<compressor*>(nullptr), &with})
    {
        bundle row = read(1);
        BOOST_TEST(!row.head_begin.has_value());
        const journal_entry before = row.entry(5, numbering());
        BOOST_TEST(before.body.view() == "last");
        number_set left(5);
        left.insert(5);
        row.keep_only(left);
        insert(row, each);
        const journal_entry after = read(5).entry(5, numbering());
        BOOST_TEST(after.head.view() == before.head.view());
        BOOST_TEST(after.body.view() == "last");
        BOOST_TEST((after.id == before.id));
        BOOST_TEST((after.accepted == before.accepted));
    }
}

BOOST_AUTO_TEST_SUITE_END()
