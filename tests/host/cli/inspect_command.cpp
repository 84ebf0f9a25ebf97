// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(inspect)

BOOST_AUTO_TEST_CASE(the_catalogue_is_a_table_by_category)
{
    const scratch home;
    const ended result = run(home, {"inspect"});
    BOOST_TEST(result.code == 0);
    const std::size_t adapters = result.out.find("adapter\n");
    const std::size_t publishers = result.out.find("publisher\n");
    BOOST_REQUIRE(adapters != std::string::npos);
    BOOST_REQUIRE(publishers != std::string::npos);
    BOOST_TEST(adapters < result.out.find("  json/read "));
    BOOST_TEST(result.out.find("  json/read ") < publishers);
    BOOST_TEST(publishers < result.out.find("  files/write "));
}

BOOST_AUTO_TEST_CASE(a_component_is_a_page_with_ports_and_parameters)
{
    const scratch home;
    const ended result = run(home, {"inspect", "fields/rename"});
    BOOST_TEST(result.code == 0);
    BOOST_TEST(has(result.out, "fields/rename (transformer)\n"), result.out);
    BOOST_TEST(has(result.out, "\ninputs\n"), result.out);
    BOOST_TEST(has(result.out, "abort | append | overwrite; default \"abort\""), result.out);
    BOOST_TEST(has(result.out, "fields.so\n"), result.out);
    BOOST_TEST(has(result.out, "error"), result.out);
}

BOOST_AUTO_TEST_CASE(json_describes_a_component_with_its_schema)
{
    const scratch home;
    const ended result = run(home, {"inspect", "fields/rename", "--json"});
    BOOST_TEST(result.code == 0);
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at("component").as_string() == "fields/rename");
    BOOST_TEST(read.at_pointer("/params/properties/mode/default").as_string() == "abort");
    BOOST_TEST(has(std::string(read.at("path").as_string()), "fields.so"));
}

BOOST_AUTO_TEST_CASE(json_lists_the_catalogue)
{
    const scratch home;
    const ended result = run(home, {"inspect", "--json"});
    BOOST_TEST(result.code == 0);
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at("components").as_array().size() >= 8);
}

BOOST_AUTO_TEST_CASE(a_package_is_its_part_of_the_table)
{
    const scratch home;
    const ended result = run(home, {"inspect", "fields"});
    BOOST_TEST(result.code == 0);
    BOOST_TEST(has(result.out, "fields/set"));
    BOOST_TEST(!has(result.out, "json/read"));
}

BOOST_AUTO_TEST_CASE(an_unknown_component_gets_the_nearest_name)
{
    const scratch home;
    const ended result = run(home, {"inspect", "fields/renam"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err == "fields/renam: unknown component; did you mean \"fields/rename\"?\n");
}

BOOST_AUTO_TEST_CASE(a_file_shows_its_stamp)
{
    const scratch home;
    const ended result = run(home, {"inspect", PENSTOCK_PACKAGES "/json.so"});
    BOOST_TEST(result.code == 0);
    BOOST_TEST(has(result.out, "package        json\n"), result.out);
    BOOST_TEST(has(result.out, "licence        Apache-2.0\n"), result.out);
    const ended as_json = run(home, {"inspect", PENSTOCK_PACKAGES "/json.so", "--json"});
    BOOST_TEST(penstock::parse_json(as_json.out).at("loads").as_bool());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_package_is_refused)
{
    const scratch home;
    const std::string file = home.write("text.so", "not a library");
    const ended result = run(home, {"inspect", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with(file + ": "), result.err);
}

BOOST_AUTO_TEST_SUITE_END()
