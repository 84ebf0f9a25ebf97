// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>

namespace fs = std::filesystem;
namespace json = penstock::json;
using files_package::read_entry;

namespace
{

struct component_test
{
    scratch_directory directory;
    std::string folder = directory.path("in");
    penstock::testing::data_directory kept{made("data")};

    component_test() { fs::create_directory(folder); }

    [[nodiscard]] std::string made(const std::string& name) const
    {
        fs::create_directory(directory.path(name));
        return directory.path(name);
    }

    void put(const std::string& name, std::string_view text) const
    {
        const std::string path = folder + "/" + name;
        std::ofstream(path, std::ios::binary) << text;
        const timespec times[2] = {{0, UTIME_OMIT}, {1'700'000'000, 5}};
        BOOST_TEST(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    }

    [[nodiscard]] penstock::testing::result run(json::object parameters) const
    {
        if (!parameters.contains("paths"))
            parameters["paths"] = json::array{json::string(folder)};
        return run_entry(read_entry, parameters, {});
    }

    [[nodiscard]] std::string refusal(const json::object& parameters) const
    {
        try
        {
            (void)run(parameters);
        }
        catch (const std::exception& error)
        {
            return error.what();
        }
        return "none";
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(files_read, component_test)

BOOST_AUTO_TEST_CASE(a_whole_file_is_a_packet_with_its_data_and_meta)
{
    put("report.PDF", "%PDF");
    auto result = run({});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const penstock::packet& made = result.out()[0];
    BOOST_TEST(made.data().view() == "%PDF");
    BOOST_TEST(made.fields().empty());
    const std::string path = folder + "/report.PDF";
    BOOST_TEST(made.meta() == (json::object{{"path", path},
                                            {"filename", "report.PDF"},
                                            {"mimetype", "application/pdf"},
                                            {"id", path},
                                            {"document", path},
                                            {"version", made.meta("version")},
                                            {"processingtime", made.meta("processingtime")},
                                            {"size", 4},
                                            {"mtime", "2023-11-14T22:13:20Z"}}));
    BOOST_TEST(result.acknowledged.size() == 1U);
    BOOST_TEST(result.metrics["files"] == 1);
    put("report.PDF", "%PDF-");
    BOOST_TEST((run({}).out()[0].meta("version") != made.meta("version")));
}

BOOST_AUTO_TEST_CASE(a_line_is_a_packet_with_a_text_and_no_id_of_its_file)
{
    put("a.log", "one\ntwo\n");
    auto result = run({{"mode", "lines"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"text":"one"})", R"({"text":"two"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "line") == (strings{"1", "2"}),
               boost::test_tools::per_element());
    const penstock::packet& made = result.out()[1];
    BOOST_TEST(made.meta("path") == json::value(folder + "/a.log"));
    BOOST_TEST(made.meta("filename") == "a.log");
    BOOST_TEST(made.meta("mimetype") == "text/plain");
    BOOST_TEST(made.meta("size") == 8);
    BOOST_TEST(!made.has_meta("id"));
    BOOST_TEST(made.data().empty());
    BOOST_TEST((made.id() != result.out()[0].id()));
}

BOOST_AUTO_TEST_CASE(a_deleted_file_is_a_trigger_to_delete)
{
    put("a.txt", "one");
    BOOST_TEST(run({}).out().size() == 1U);
    fs::remove(folder + "/a.txt");
    auto result = run({});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const penstock::packet& made = result.out()[0];
    BOOST_TEST(made.meta("requestmethod") == "DELETE");
    BOOST_TEST(made.meta("id") == json::value(folder + "/a.txt"));
    BOOST_TEST(made.fields().empty());
    BOOST_TEST(made.data().empty());
    BOOST_TEST(run({}).out().empty());
}

BOOST_AUTO_TEST_CASE(what_was_read_comes_again_neither_in_the_next_run_nor_without_a_data_directory)
{
    put("a", "one");
    BOOST_TEST(run({{"follow", true}}).out().size() == 1U);
    BOOST_TEST(run({{"follow", true}}).out().empty());
    BOOST_TEST(kept.state.value().is_string());
    kept.state.reset(); // as of a graph that was deleted
    BOOST_TEST(run({}).out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(files_are_chosen_by_patterns)
{
    for (const std::string name : {"a.txt", "b.md", "c.txt.gz"})
        put(name, "x");
    fs::create_directory(folder + "/.git");
    put(".git/d.txt", "x");
    const auto names = [&](const json::object& parameters)
    {
        auto result = run(parameters);
        kept.state.reset();
        strings found = meta_of(result.out(), "filename");
        std::ranges::sort(found);
        return found;
    };
    BOOST_TEST(names({{"include", {"*.txt"}}, {"exclude", {".git"}}}) == strings{"\"a.txt\""},
               boost::test_tools::per_element());
    BOOST_TEST(names({{"exclude", {"*.gz", ".git/*"}}}) == (strings{"\"a.txt\"", "\"b.md\""}),
               boost::test_tools::per_element());
    BOOST_TEST(names({{"paths", {folder + "/*.md"}}}) == strings{"\"b.md\""},
               boost::test_tools::per_element());
    BOOST_TEST(names({{"paths", {folder + "/**/*.txt"}}}) == (strings{"\"a.txt\"", "\"d.txt\""}),
               boost::test_tools::per_element());
    BOOST_TEST(names({{"paths", {folder + "/b.md"}}}) == strings{"\"b.md\""},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_too_long_fails_with_its_name_and_the_rest_goes_on)
{
    put("a", "one\n" + std::string(100, 'x') + "\nthree\n");
    auto result = run({{"mode", "lines"}, {"line_bytes", 20}});
    BOOST_TEST(result.out().size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               folder + "/a:2: is 100 bytes long; at most 20 were expected");
    BOOST_TEST(result.failed[0].first.meta("line") == 2);
    BOOST_TEST(result.acknowledged.size() == 3U);
    BOOST_TEST(run({{"mode", "lines"}, {"line_bytes", 20}}).failed.empty());
}

BOOST_AUTO_TEST_CASE(a_line_of_a_gigabyte_takes_no_such_memory)
{
    const std::string path = folder + "/huge";
    put("huge", "first\n");
    fs::resize_file(path, std::uint64_t{1} << 30); // of zeros, which take no disk
    std::ofstream(path, std::ios::binary | std::ios::app) << "\nlast\n";
    auto result = run({{"mode", "lines"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"text":"first"})", R"({"text":"last"})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().size() <= 1024U);
    BOOST_TEST(result.failed[0].second.find("/huge:2: is 1073741818 bytes long") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(files_of_the_host_are_refused)
{
    for (const std::string& path :
         {kept.path, directory.path("in/../data"), kept.path + "/state/x.json"})
        BOOST_TEST(refusal({{"paths", {path}}}) ==
                   path + ": is in the data directory of the host; a path elsewhere was expected");
}

BOOST_AUTO_TEST_CASE(a_path_that_is_not_there_is_refused_unless_files_are_followed)
{
    const std::string path = folder + "/none";
    BOOST_TEST(refusal({{"paths", {path}}}) ==
               path + ": is not there; a file or a folder was expected, or one that comes later "
                      "with \"follow\"");
    BOOST_TEST(refusal({{"paths", {path}}, {"follow", true}}) == "none");
}

BOOST_AUTO_TEST_CASE(parameters_that_make_no_sense_are_refused)
{
    BOOST_TEST(refusal({{"paths", json::array()}}).starts_with("paths: is empty"));
    BOOST_TEST(refusal({{"paths", {""}}}).starts_with("paths: has an empty path"));
    BOOST_TEST(refusal({{"include", {"[a"}}}).starts_with("include: \"[a\" has a [ without its ]"));
    BOOST_TEST(refusal({{"multiline", "("}, {"mode", "lines"}})
                   .starts_with("multiline: is no regular expression"));
    BOOST_TEST(refusal({{"multiline", "x"}}).starts_with("multiline: is given for whole files"));
    BOOST_TEST(refusal({{"charset", "utf-16"}}).starts_with("charset: is no encoding"));
}

BOOST_AUTO_TEST_SUITE_END()
