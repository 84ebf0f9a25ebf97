// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/settings.hpp"
#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(usage)

using namespace penstock::host::cli::testing;

namespace
{

using words = std::vector<std::string>;

// Checks that an option is named as what is wrong, with the exit code of wrong usage.
void refuses(const words& verb, const std::string& option, const std::string& value)
{
    const scratch home;
    words all = verb;
    all.insert(all.end(), {option, value});
    const ended result = run(home, all);
    BOOST_TEST(result.code == 2, verb.front() + " " + option + " " + value + ": " + result.err);
    BOOST_TEST(result.err.find(option) != std::string::npos, result.err);
    BOOST_TEST(result.out == "");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_value_that_fits_no_setting_is_wrong_usage)
{
    for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{
             {"--listen", "foo"},
             {"--listen", "127.0.0.1"},
             {"--listen", "127.0.0.1:99999"},
             {"--listen", ""},
             {"--default-graph", "Not A Name"},
             {"--ack", "perhaps"},
             {"--journal", "paper"},
             {"--core-files", "maybe"},
             {"--hosts", "a b"},
             {"--hosts", "*x"},
             {"--origins", "ops.example.org"},
             {"--origins", "https://ops.example.org/path"},
             {"--editor-dir", "/nonexistent"},
             {"--packages", ""},
             {"--host-number", "4096"},
             {"--peers", "https://host2"},
             {"--peers", "0=https://host2"},
             {"--peer-wait", "0s"},
             {"--try-readable", ""}})
        refuses({"run"}, option, value);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_no_count_size_or_time_is_wrong_usage_in_every_setting)
{
    namespace host = penstock::host;
    const scratch home;
    for (const host::setting& each : host::all_settings())
    {
        host::settings now;
        const bool takes_any = each.set(now, "foo");
        if (takes_any || each.is_list)
            continue;
        const ended result = run(home, {"run", each.flag(), "foo"});
        BOOST_TEST(result.code == 2, each.flag() + ": " + result.err);
        BOOST_TEST(result.err == each.flag() + ": \"foo\" does not fit; " + each.expected + "\n");
    }
}

BOOST_AUTO_TEST_CASE(a_value_that_fits_no_option_of_another_verb_is_wrong_usage)
{
    const std::vector<words> callers{{"push", "/dev/null", "--type", "text/plain"},
                                     {"receipt", "x"},
                                     {"dead", "list"},
                                     {"dead", "show", "x"},
                                     {"dead", "replay", "x"},
                                     {"dead", "drop", "x"},
                                     {"tap", "a.out"},
                                     {"tap", "a.out", "--graph", "g"},
                                     {"top"},
                                     {"top", "g"}};
    for (const words& each : callers)
    {
        refuses(each, "--to", "gopher://x");
        refuses(each, "--to", "");
        refuses(each, "--ca", "/nonexistent");
    }
    for (const auto& [verb, option, value] :
         std::vector<std::tuple<words, std::string, std::string>>{
             {{"push", "x"}, "--patience", "long"},
             {{"push", "x"}, "--batch-wait", "long"},
             {{"push", "x"}, "--batch", "0"},
             {{"push", "x"}, "--batch", "many"},
             {{"push", "x"}, "--connections", "65"},
             {{"push", "x"}, "--ack", "perhaps"},
             {{"push", "x"}, "--type", "text"},
             {{"top"}, "--interval", "0ms"},
             {{"tap", "a.out"}, "--rate", "fast"},
             {{"tap", "a.out"}, "--max-bytes", "much"},
             {{"tap", "a.out"}, "--count", "some"},
             {{"dead", "list"}, "--limit", "0"},
             {{"dead", "replay", "x"}, "--from", "end"},
             {{"graph", "g.json"}, "--format", "oil"},
             {{"validate", "g.json", "--connect"}, "--connect-time", "0s"},
             {{"new", "component", "shout"}, "--category", "singer"},
             {{"package", "install", "x.so"}, "--unpacked-limit", "much"},
             {{"package", "install", "x.so"}, "--unpacked-entries", "many"},
             {{"token", "new", "ci"}, "--expires", "soon"},
             {{"token", "new", "ci"}, "--scope", "root"}})
        refuses(verb, option, value);
}

BOOST_AUTO_TEST_SUITE_END()
