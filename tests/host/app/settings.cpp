// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/settings.hpp"
#include "host/app/configuration.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(settings_table)

using namespace penstock::host;

namespace
{

const setting& find(const std::string& key)
{
    return *std::find_if(all_settings().begin(), all_settings().end(),
                         [&](const setting& each) { return each.key == key; });
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_are_unique_and_flags_follow_from_them)
{
    std::set<std::string> keys;
    for (const setting& each : all_settings())
        BOOST_TEST(keys.insert(each.key).second, each.key);
    BOOST_TEST(find("default_graph").flag() == "--default-graph");
}

BOOST_AUTO_TEST_CASE(a_journal_is_compressed_by_what_is_known_alone)
{
    settings all;
    BOOST_TEST(all.journal_compress == "off");
    BOOST_TEST(find("journal_compress").set(all, "zstd"));
    BOOST_TEST(!find("journal_compress").set(all, "lz4"));
    BOOST_TEST(all.journal_compress == "zstd");
    BOOST_TEST(find("journal_gather").set(all, "1s"));
    BOOST_TEST(!find("journal_gather").set(all, "1001ms"));
    BOOST_TEST((all.journal_gather == std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_CASE(every_default_can_be_given_as_a_flag)
{
    settings_source source;
    const settings standard;
    for (const setting& each : all_settings())
    {
        const penstock::json::value value = each.write(standard);
        if (value.is_string())
            source.flags[each.key] = {std::string(value.get_string())};
        else if (value.is_number())
            source.flags[each.key] = {penstock::write_json(value)};
    }
    settings read;
    read.lanes = 17;
    BOOST_TEST(source.read_flags(read).empty());
    BOOST_TEST(write_configuration(read) == write_configuration(standard));
}

BOOST_AUTO_TEST_CASE(the_editor_is_served_from_a_folder_only_if_a_page_is_there)
{
    settings all;
    const auto wrong = assign(all, find("editor_dir"), {"/nowhere"}, "--editor-dir");
    BOOST_REQUIRE(wrong.has_value());
    BOOST_TEST(to_string(*wrong) == "--editor-dir: \"/nowhere\" does not fit; a folder with an "
                                    "index.html was expected");
    BOOST_TEST(all.editor_dir.empty());
}

BOOST_AUTO_TEST_CASE(a_file_may_say_where_its_form_is)
{
    settings all;
    BOOST_TEST(
        parse_configuration(R"({"$schema": "./configuration.schema.json", "lanes": 2})", "f", all)
            .empty());
    BOOST_TEST(all.lanes == 2U);
    const auto wrong = parse_configuration(R"({"$schema": 1})", "f", all);
    BOOST_REQUIRE(wrong.size() == 1U);
    BOOST_TEST(to_string(wrong.front()) == "f:/$schema: 1 does not fit; a text was expected");
}

BOOST_AUTO_TEST_CASE(a_file_may_be_in_yaml)
{
    settings all;
    BOOST_TEST(
        parse_configuration("lanes: 2\ndrain: 1m\nhosts: [a.example, b.example]\ncore_files: no\n",
                            "f", all, file_syntax::yaml)
            .empty());
    BOOST_TEST(all.lanes == 2U);
    BOOST_TEST(all.hosts.size() == 2U);
    BOOST_TEST(all.core_files == "no");
    const auto wrong = parse_configuration("lanes: 2\nlanes: 3\n", "f", all, file_syntax::yaml);
    BOOST_REQUIRE(wrong.size() == 1U);
    BOOST_TEST(to_string(wrong.front()).starts_with("f: line 2, column 1: "),
               to_string(wrong.front()));
}

BOOST_AUTO_TEST_CASE(every_default_can_be_given_by_the_environment)
{
    settings_source source;
    const settings standard;
    for (const setting& each : all_settings())
    {
        const penstock::json::value value = each.write(standard);
        if (value.is_string())
            source.variables[each.key] = std::string(value.get_string());
        else if (value.is_number())
            source.variables[each.key] = penstock::write_json(value);
    }
    settings read;
    read.lanes = 17;
    BOOST_TEST(source.read_variables(read).empty());
    BOOST_TEST(write_configuration(read) == write_configuration(standard));
    BOOST_TEST(find("default_graph").variable() == "PENSTOCK_DEFAULT_GRAPH");
}

BOOST_AUTO_TEST_CASE(a_list_in_a_variable_is_parted_by_commas_or_json)
{
    settings_source source;
    settings all;
    source.variables.emplace("hosts", "a.example,b.example");
    source.variables.emplace("packages", R"(["/a,b", "/c"])");
    BOOST_TEST(source.read_variables(all).empty());
    BOOST_TEST((all.hosts == std::vector<std::string>{"a.example", "b.example"}));
    BOOST_TEST((all.packages == std::vector<std::string>{"/a,b", "/c"}));
    for (const char* const wrong : {"a.example,,b.example", "[1]", "[\"a\"", "[]x"})
    {
        source.variables.clear();
        source.variables.emplace("hosts", wrong);
        const auto told = source.read_variables(all);
        BOOST_REQUIRE(told.size() == 1U);
        BOOST_TEST(told.front().where == "PENSTOCK_HOSTS");
    }
}

BOOST_AUTO_TEST_CASE(a_list_replaces_what_was_there)
{
    settings all;
    all.hosts = {"a"};
    BOOST_TEST(!assign(all, find("hosts"), {"b", "c"}, "--hosts"));
    BOOST_TEST(assign(all, find("hosts"), {"*example.org"}, "--hosts").has_value());
    BOOST_TEST(!assign(all, find("hosts"), {"b", "*.c"}, "--hosts"));
    BOOST_TEST(all.hosts == (std::vector<std::string>{"b", "*.c"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_value_beyond_its_limits_is_told_with_them)
{
    settings all;
    const auto wrong = assign(all, find("lanes"), {"5000"}, "--lanes");
    BOOST_REQUIRE(wrong.has_value());
    BOOST_TEST(to_string(*wrong) ==
               "--lanes: \"5000\" does not fit; a number from 0 to 1024 was expected");
}

BOOST_AUTO_TEST_SUITE_END()
