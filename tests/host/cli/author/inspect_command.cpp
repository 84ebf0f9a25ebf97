// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(inspect)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

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

BOOST_AUTO_TEST_CASE(markdown_tells_types_defaults_and_choices_and_gives_an_example)
{
    const scratch home;
    const ended result = run(home, {"inspect", "fields/rename", "--markdown"});
    BOOST_TEST(result.code == 0);
    BOOST_TEST(result.out.starts_with("## fields/rename\n\nTransformer. "), result.out);
    BOOST_TEST(has(result.out, "| `mode` | abort \\| append \\| overwrite | `\"abort\"` | "),
               result.out);
    BOOST_TEST(has(result.out, "{ \"component\": \"fields/rename\", \"params\": { "), result.out);
}

BOOST_AUTO_TEST_CASE(documentation_is_written_between_its_marks_and_found_stale_when_it_differs)
{
    const scratch home;
    const std::string file = home.write("README.md", "before\n"
                                                     "<!-- penstock inspect fields/set -->\n"
                                                     "old\n"
                                                     "<!-- end of fields/set -->\n"
                                                     "after\n");
    const std::vector<std::string> arguments{"inspect", "--markdown", "--into", file};
    std::vector<std::string> check = arguments;
    check.emplace_back("--check");
    const ended stale = run(home, check);
    BOOST_TEST(stale.code == 1);
    BOOST_TEST(stale.err.starts_with(file + ": is stale; "), stale.err);
    BOOST_TEST(has(read_file(file), "old"));

    BOOST_TEST(run(home, arguments).code == 0);
    const std::string text = read_file(file);
    BOOST_TEST(text.starts_with("before\n<!-- penstock inspect fields/set -->\n\n## fields/set\n"),
               text);
    BOOST_TEST(text.ends_with("\n<!-- end of fields/set -->\nafter\n"), text);
    BOOST_TEST(!has(text, "old"));
    BOOST_TEST(run(home, check).code == 0);
}

BOOST_AUTO_TEST_CASE(marks_that_cannot_be_filled_are_refused)
{
    const scratch home;
    const std::vector<std::string> into{"inspect", "--markdown", "--into"};
    const auto refusal = [&](const std::string& text)
    {
        std::vector<std::string> arguments = into;
        arguments.push_back(home.write("page.md", text));
        const ended result = run(home, arguments);
        BOOST_TEST(result.code == 1);
        BOOST_TEST(read_file(home.at("page.md")) == text);
        return result.err;
    };
    BOOST_TEST(has(refusal("no mark\n"), "has no mark"));
    BOOST_TEST(has(refusal("<!-- penstock inspect fields/set -->\n"), "has no end"));
    BOOST_TEST(has(refusal("<!-- penstock inspect no/such -->\n<!-- end of no/such -->\n"),
                   "unknown component"));
}

BOOST_AUTO_TEST_CASE(a_folder_gets_a_page_for_each_package)
{
    const scratch home;
    std::filesystem::create_directory(home.at("pages"));
    BOOST_TEST(run(home, {"inspect", "--markdown", "--into", home.at("pages")}).code == 0);
    BOOST_TEST(has(read_file(home.at("pages/fields.md")), "\n## fields/rename\n"));
    BOOST_TEST(has(read_file(home.at("pages/README.md")), "[json/read](json.md#jsonread)"));
    BOOST_TEST(run(home, {"inspect", "--markdown", "--into", home.at("pages"), "--check"}).code ==
               0);
    const std::string gone = home.write("pages/gone.md", "about a package that is gone");
    const ended stale = run(home, {"inspect", "--markdown", "--into", home.at("pages"), "--check"});
    BOOST_TEST(stale.code == 1);
    BOOST_TEST(stale.err == gone + ": is about no package\n");
}

BOOST_AUTO_TEST_SUITE_END()
