// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

#include <signal.h>
#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(run_verb)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// The addresses that a port is listened on, as the system writes them.
std::vector<std::string> listeners(const char* table, std::uint16_t port)
{
    std::ostringstream wanted;
    wanted << std::uppercase << std::hex;
    wanted.width(4);
    wanted.fill('0');
    wanted << port;
    std::vector<std::string> found;
    std::ifstream lines(table);
    std::string line;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string slot, local, remote, state;
        words >> slot >> local >> remote >> state;
        const std::size_t colon = local.find(':');
        if (state == "0A" && colon != std::string::npos && local.substr(colon + 1) == wanted.str())
            found.push_back(local.substr(0, colon));
    }
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(sigterm_works_off_what_is_pending_and_ends_fine)
{
    const scratch home;
    const std::string graph = home.write("g.json", marking_graph("g", "x", home.at("out.ndjson")));
    running host(home, {graph, "--data", home.at("data")});
    const std::string lines = home.write("in.ndjson", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    BOOST_TEST(run(home, {"push", lines, "--to", host.url(), "--ack", "memory"}).code == 0);
    const ended result = host.stop();
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(has(result.err, "g: 1 accepted, 3 delivered, 0 dropped, 0 dead, 0 pending\n"),
               result.err);
    BOOST_TEST(read_file(home.at("out.ndjson")).size() > 0);
}

BOOST_AUTO_TEST_CASE(sigint_ends_it_too)
{
    const scratch home;
    running host(home, {"--data", home.at("data")});
    host.child().signal(SIGINT);
    BOOST_TEST(host.child().wait().code == 0);
}

BOOST_AUTO_TEST_CASE(what_is_left_when_the_drain_is_over_is_told_and_ends_in_failure)
{
    const scratch home;
    const std::string graph = home.write("g.json", R"({"penstock": 1, "name": "g", "nodes": {
        "read": {"component": "json/read"},
        "stuck": {"component": "debug/fail", "params": {"how": "hang"}},
        "end": {"component": "debug/null"}},
        "edges": [{"from": "read.out", "to": "stuck.in"}, {"from": "stuck.out", "to": "end.in"}]})");
    running host(home, {graph, "--drain", "100ms", "--data", home.at("data")});
    const std::string file = home.write("a.json", "{}");
    BOOST_TEST(run(home, {"push", file, "--to", host.url(), "--ack", "memory"}).code == 0);
    const ended result = host.stop();
    BOOST_TEST(result.code == 1, result.err);
    BOOST_TEST(has(result.err, "g: 1 accepted, 0 delivered, 0 dropped, 0 dead, 1 pending, which "
                               "are kept for the next start"),
               result.err);
}

BOOST_AUTO_TEST_CASE(only_loopback_is_listened_on)
{
    const scratch home;
    const running host(home, {"--data", home.at("data")});
    const std::vector<std::string> found = listeners("/proc/net/tcp", host.port());
    BOOST_TEST(found == std::vector<std::string>{"0100007F"}, boost::test_tools::per_element());
    BOOST_TEST(listeners("/proc/net/tcp6", host.port()).empty());
}

BOOST_AUTO_TEST_CASE(the_default_listener_is_on_loopback)
{
    const scratch home;
    const ended result = run(home, {"run", "--print-config"});
    BOOST_TEST(result.code == 0);
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at("listen").as_string() == "127.0.0.1:8080");
}

BOOST_AUTO_TEST_CASE(a_listener_that_others_reach_is_refused)
{
    const scratch home;
    for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:8080"})
    {
        const ended result = run(home, {"run", "--listen", address, "--data", home.at("data")});
        BOOST_TEST(result.code == 1);
        const std::string reached = std::string("listen: ") + address + " can be reached by others";
        BOOST_TEST(result.err == reached + ", and there is no token in " +
                                     home.at("data/tokens.json") +
                                     "; one of penstock token new was expected\n" + reached +
                                     ", and there is no TLS; tls_certificate and tls_key were "
                                     "expected\n");
    }
}

BOOST_AUTO_TEST_CASE(half_of_what_tls_needs_is_refused)
{
    const scratch home;
    const auto why = [&](const char* flag) {
        return run(home, {"run", "--listen", "127.0.0.1:0", flag, "x.pem"}).err;
    };
    BOOST_TEST(why("--tls-certificate") == "tls_key: is missing; the key of x.pem was expected\n");
    BOOST_TEST(why("--tls-key") == "tls_certificate: is missing; a PEM file was expected\n");
    BOOST_TEST(why("--tls-client-ca") == "tls_certificate: is missing; a PEM file was expected\n");
}

BOOST_AUTO_TEST_CASE(a_second_host_on_one_data_directory_is_refused)
{
    const scratch home;
    const running first(home, {"--data", home.at("data")});
    const ended second = run(home, {"run", "--listen", "127.0.0.1:0", "--data", home.at("data")});
    BOOST_TEST(second.code == 1);
    BOOST_TEST(second.err.starts_with(home.at("data/lock") + ": is held by process "), second.err);
}

BOOST_AUTO_TEST_CASE(the_data_directory_is_for_its_owner_alone)
{
    const scratch home;
    const running host(home, {});
    struct stat found;
    const std::string folder = home.at(".local/state/penstock");
    BOOST_REQUIRE(::stat(folder.c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777) == 0700);
}

BOOST_AUTO_TEST_CASE(printed_settings_read_back_the_same)
{
    const scratch home;
    const ended first =
        run(home, {"run", "--lanes", "3", "--drain", "1m", "--pending-bytes", "512KiB", "--hosts",
                   "a.example", "--hosts", "b.example", "--print-config"});
    BOOST_TEST(first.code == 0);
    const json::value read = penstock::parse_json(first.out);
    BOOST_TEST(read.at("lanes").to_number<int>() == 3);
    BOOST_TEST(read.at("drain").as_string() == "1m");
    BOOST_TEST(read.at("pending_bytes").as_string() == "512KiB");
    BOOST_TEST(read.at("hosts").as_array().size() == 2);
    const std::string file = home.write("penstock.json", first.out);
    BOOST_TEST(run(home, {"run", "--config", file, "--print-config"}).out == first.out);
}

BOOST_AUTO_TEST_CASE(a_flag_wins_over_the_file)
{
    const scratch home;
    const std::string file = home.write("penstock.json", R"({"lanes": 3, "hosts": ["a"]})");
    const ended result =
        run(home, {"run", "--config", file, "--lanes", "5", "--hosts", "b", "--print-config"});
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at("lanes").to_number<int>() == 5);
    BOOST_TEST(read.at("hosts").as_array() == json::array({"b"}));
}

BOOST_AUTO_TEST_CASE(unknown_and_unfit_settings_are_refused)
{
    const scratch home;
    const std::string file =
        home.write("penstock.json", R"({"lanes": 3, "lames": 4, "drain": "soon"})");
    const ended result = run(home, {"run", "--config", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(has(result.err, file + ":/lames: unknown key \"lames\"; "), result.err);
    BOOST_TEST(has(result.err, file + ":/drain: \"soon\" does not fit; a time as in 500ms, 45s or "
                                      "10m was expected\n"),
               result.err);
}

BOOST_AUTO_TEST_CASE(a_durable_promise_is_refused_without_a_journal)
{
    const scratch home;
    const ended result = run(home, {"run", "--journal", "memory", "--data", home.at("data")});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with("ack: durable needs a journal"), result.err);
}

BOOST_AUTO_TEST_CASE(a_graph_that_does_not_run_keeps_the_host_from_starting)
{
    const scratch home;
    const std::string graph = home.write("g.json", R"({"penstock": 1, "name": "g", "nodes": {}})");
    const ended result = run(home, {"run", graph, "--listen", "127.0.0.1:0"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(has(result.err, graph + ":/nodes"), result.err);
}

BOOST_AUTO_TEST_CASE(kept_graphs_start_when_no_file_is_named)
{
    const scratch home;
    home.write("data/graphs/kept.json", marking_graph("kept", "x", home.at("out.ndjson")));
    home.write("data/graphs/wrong.json", "{");
    running host(home, {"--data", home.at("data")});
    const ended result = host.stop();
    BOOST_TEST(result.code == 0);
    BOOST_TEST(has(result.err, "kept: runs: 3 nodes, 2 edges\n"), result.err);
    BOOST_TEST(has(result.err, "wrong.json: "), result.err);
}

BOOST_AUTO_TEST_CASE(sighup_deploys_the_graph_as_its_file_is_now)
{
    const scratch home;
    const std::string out = home.at("out.ndjson");
    const std::string graph = home.write("g.json", marking_graph("g", "old", out));
    const std::string line = home.write("in.ndjson", "{}\n");
    running host(home, {graph, "--data", home.at("data")});
    const std::vector<std::string> push{"push", line, "--to", host.url(), "--ack", "processed"};
    BOOST_TEST(run(home, push).code == 0);
    home.write("g.json", "{ not a graph");
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(run(home, push).code == 0);
    home.write("g.json", marking_graph("g", "new", out));
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(run(home, push).code == 0);
    BOOST_TEST(host.stop().code == 0);
    BOOST_TEST(read_file(out) == "{\"mark\":\"old\"}\n{\"mark\":\"old\"}\n{\"mark\":\"new\"}\n");
}

BOOST_AUTO_TEST_CASE(wrong_usage_is_told_apart)
{
    const scratch home;
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"fly"},
        {"validate"},
        {"run", "--no-such-flag"},
        {"run", "--lanes", "many"},
        {"run", "--lanes"},
        {"push"},
        {"push", "x", "--ack", "perhaps"},
        {"push", "x", "--to", "gopher://x"},
        {"push", "-"},
        {"graph", "x.json", "--format", "oil"},
    };
    for (const std::vector<std::string>& each : wrong)
    {
        const ended result = run(home, each);
        BOOST_TEST(result.code == 2, result.err);
        BOOST_TEST(result.err != "");
        BOOST_TEST(result.out == "");
    }
}

BOOST_AUTO_TEST_CASE(a_verb_that_is_none_is_told_with_the_nearest)
{
    const scratch home;
    BOOST_TEST(run(home, {"inspct"}).err ==
               "penstock: unknown verb \"inspct\"; did you mean \"inspect\"?\n");
    BOOST_TEST(run(home, {"new", "componet", "x"}).err ==
               "penstock new: unknown verb \"componet\"; did you mean \"component\"?\n");
    BOOST_TEST(run(home, {"new", "shout"}).err ==
               "penstock new: unknown verb \"shout\"; \"component\" or \"graph\" was expected\n");
}

BOOST_AUTO_TEST_CASE(help_and_version_are_fine)
{
    const scratch home;
    BOOST_TEST(run(home, {"--version"}).out.starts_with("penstock "));
    for (const char* verb : {"run", "validate", "inspect", "push", "graph"})
    {
        const ended result = run(home, {verb, "--help"});
        BOOST_TEST(result.code == 0);
        BOOST_TEST(result.out != "");
    }
}

BOOST_AUTO_TEST_SUITE_END()
