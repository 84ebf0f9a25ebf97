// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/content/content_coding.hpp"
#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include <sys/wait.h>

BOOST_AUTO_TEST_SUITE(push)

using namespace penstock::host::cli::testing;
using namespace std::string_view_literals;
namespace http = penstock::host::http;
namespace json = boost::json;

namespace
{

std::string numbered_lines(int count)
{
    std::string lines;
    for (int i = 1; i <= count; ++i)
        lines += "{\"n\":" + std::to_string(i) + "}\n";
    return lines;
}

long lines_in(const std::string& file)
{
    const std::string text = read_file(file);
    return std::count(text.begin(), text.end(), '\n');
}

/// A host with one graph that writes all it gets to `out`.
struct writing_host
{
    scratch home;
    std::string out = home.at("out.ndjson");
    running host{home,
                 {home.write("g.json", marking_graph("g", "x", out)), "--data", home.at("data")}};

    ended push(std::vector<std::string> arguments, const std::string& input = "/dev/null")
    {
        arguments.insert(arguments.begin(), "push");
        arguments.insert(arguments.end(), {"--to", host.url(), "--ack", "processed", "--json"});
        return run(home, std::move(arguments), input);
    }
};

int count(const ended& result, std::string_view name)
{
    return penstock::parse_json(result.out).at(name).to_number<int>();
}

} // namespace

BOOST_AUTO_TEST_CASE(lines_go_in_batches_and_are_all_accounted_for)
{
    writing_host here;
    const std::string file = here.home.write("in.ndjson", numbered_lines(25));
    const ended result = here.push({file, "--batch", "10"});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(count(result, "requests") == 3);
    BOOST_TEST(count(result, "records") == 25);
    BOOST_TEST(count(result, "accepted") == 25);
    BOOST_TEST(count(result, "delivered") == 25);
    BOOST_TEST(lines_in(here.out) == 25);
}

// The byte of a line feed is in many characters of these: U+0A05 is a letter of Gurmukhi.
BOOST_AUTO_TEST_CASE(lines_in_encodings_of_several_bytes_are_cut_at_characters)
{
    const auto encoded = [](std::size_t unit, bool is_big)
    {
        std::string text;
        const auto add = [&](unsigned character)
        {
            for (std::size_t i = 0; i < unit; ++i)
                text += static_cast<char>(character >> 8 * (is_big ? unit - 1 - i : i));
        };
        add(0xfeff); // the mark
        for (int i = 0; i < 20; ++i)
        {
            for (const unsigned each : U"{\"a\":\"\u0a05\u010a\"}"sv)
                add(each);
            add('\n');
        }
        return text;
    };
    for (const std::size_t unit : {2, 4})
        for (const bool is_big : {false, true})
        {
            writing_host here;
            const std::string file = here.home.write("in.ndjson", encoded(unit, is_big));
            const ended result = here.push({file, "--batch", "7"});
            BOOST_TEST(result.code == 0, result.err);
            BOOST_TEST(count(result, "records") == 20);
            BOOST_TEST(count(result, "delivered") == 20);
            BOOST_TEST(read_file(here.out).find("{\"a\":\"\u0a05\u010a\"") == 0U,
                       read_file(here.out));
        }
}

BOOST_AUTO_TEST_CASE(a_last_line_without_an_end_counts)
{
    writing_host here;
    const std::string file = here.home.write("in.ndjson", "{}\n\n{}");
    const ended result = here.push({file});
    BOOST_TEST(count(result, "records") == 2);
    BOOST_TEST(count(result, "delivered") == 2);
}

BOOST_AUTO_TEST_CASE(the_standard_input_is_sent)
{
    writing_host here;
    const std::string file = here.home.write("in", numbered_lines(3));
    const ended result = here.push({"-", "--type", "application/json"},
                                   here.home.write("one.json", "{\"a\": [1, 2]}"));
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(count(result, "delivered") == 1);
    const ended lines = here.push({"-", "--batch", "2"}, file);
    BOOST_TEST(lines.code == 0, lines.err);
    BOOST_TEST(count(lines, "requests") == 2);
}

// Else its number would be that of the next file that is opened.
BOOST_AUTO_TEST_CASE(a_standard_input_that_is_closed_is_told)
{
    scratch home;
    const std::string command =
        "timeout 60 " + std::string(PENSTOCK_PROGRAM) +
        " push - --type application/x-ndjson --to http://127.0.0.1:9 <&- 2>" + home.at("err");
    const int status = std::system(command.c_str());
    BOOST_TEST(WEXITSTATUS(status) == 1);
    BOOST_TEST(read_file(home.at("err")).find("-: cannot be read") != std::string::npos,
               read_file(home.at("err")));
}

BOOST_AUTO_TEST_CASE(a_folder_is_sent_file_by_file)
{
    writing_host here;
    here.home.write("in/a.json", "{}");
    here.home.write("in/deep/b.json", "[{}, {}]");
    const ended result = here.push({here.home.at("in")});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(count(result, "requests") == 2);
    BOOST_TEST(count(result, "delivered") == 3);
}

BOOST_AUTO_TEST_CASE(compressed_files_are_sent_as_what_is_in_them)
{
    writing_host here;
    here.home.write("in/a.ndjson.gz", http::gzip(numbered_lines(3)));
    here.home.write("in/b.json.gz", http::gzip("{}"));
    const ended result = here.push({here.home.at("in")});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(count(result, "delivered") == 4);
}

BOOST_AUTO_TEST_CASE(dead_letters_are_told_and_end_in_failure)
{
    writing_host here;
    const std::string file = here.home.write("in.ndjson", "{}\n{broken\n{}\n");
    const ended result = here.push({file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find("in.ndjson, lines 1 to 3: dead letter at ") != std::string::npos,
               result.err);
    BOOST_TEST(count(result, "delivered") == 2);
    BOOST_TEST(count(result, "dead") == 1);
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_told_and_ends_in_failure)
{
    writing_host here;
    here.home.write("in/a.json", "{}");
    here.home.write("in/b.xyz", "who knows");
    const ended result = here.push({here.home.at("in")});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(count(result, "accepted") == 1);
    BOOST_TEST(count(result, "refused") == 1);
    BOOST_TEST(result.err.find("b.xyz: 415 ") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_CASE(a_graph_can_be_addressed)
{
    writing_host here;
    const std::string file = here.home.write("a.json", "{}");
    BOOST_TEST(run(here.home, {"push", file, "--to", here.host.url() + "/graphs/g"}).code == 0);
    BOOST_TEST(run(here.home, {"push", file, "--to", here.host.url() + "/data/r"}).code == 0);
    const ended none = run(here.home, {"push", file, "--to", here.host.url() + "/graphs/none"});
    BOOST_TEST(none.code == 1);
    BOOST_TEST(none.err.find("404") != std::string::npos, none.err);
}

BOOST_AUTO_TEST_CASE(what_is_waited_for_is_told_where_nobody_sees_the_bar)
{
    const scratch home;
    running host(home, {"--data", home.at("data")}); // without a graph
    const std::string file = home.write("a.json", "{}");
    program pushing(home, {"push", file, "--to", host.url()});
    BOOST_TEST(pushing.wait_for("waiting: 503 ").find("no graph") != std::string::npos);
    pushing.signal(SIGKILL);
    BOOST_TEST(pushing.wait().code == 128 + SIGKILL);
}

BOOST_AUTO_TEST_CASE(a_host_that_is_not_there_is_given_up)
{
    const scratch home;
    const std::string file = home.write("a.json", "{}");
    const ended result =
        run(home, {"push", file, "--to", "http://127.0.0.1:1", "--patience", "50ms", "--json"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(count(result, "lost") == 1);
    BOOST_TEST(result.err.find("refused") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_SUITE_END()
