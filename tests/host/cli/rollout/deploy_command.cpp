// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/rollout/host_to_deploy_to.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(deploy_command)

using namespace penstock::host::cli::testing;
namespace json = penstock::json;

namespace
{

/// Two hosts, and the place of a user who deploys to them.
struct two_hosts
{
    scratch home;
    a_host first;
    a_host second;

    /// A graph whose packets are marked with this text.
    std::string graph(const std::string& mark)
    {
        return home.write("g.json", marking_graph("g", mark, home.at("out")));
    }

    /// One that only the second host refuses to start: it writes into that one's own data.
    std::string refused_graph()
    {
        return home.write("bad.json", marking_graph("g", "new", second.home.at("data/out")));
    }

    std::vector<std::string> to_both(std::vector<std::string> words)
    {
        words.insert(words.end(), {"--to", first.host.url(), "--to", second.host.url()});
        return words;
    }

    ended deploy(const std::string& file) { return run(home, to_both({"deploy", file})); }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_graph_runs_on_all_hosts_that_are_named, two_hosts)
{
    const ended made = deploy(graph("one"));
    BOOST_TEST(made.code == 0, made.err);
    BOOST_TEST(made.out.starts_with(first.host.url() + ": runs revision "), made.out);
    BOOST_TEST(has(made.out, "before: not there\n"), made.out);
    BOOST_TEST(has(made.out, second.host.url() + ": runs revision "), made.out);
    BOOST_TEST(first.state().starts_with("running \""));
    BOOST_TEST(first.state() == second.state());
    const std::string before = first.state();
    const ended again = run(home, to_both({"deploy", graph("two"), "--json"}));
    BOOST_TEST(again.code == 0, again.err);
    const json::value told = penstock::parse_json(again.out);
    BOOST_TEST(told.at("graph").as_string() == "g");
    BOOST_TEST(told.at("hosts").at(0).at("outcome").as_string() == "deployed");
    BOOST_TEST(told.at("hosts").at(1).at("host").as_string() == second.host.url());
    BOOST_TEST(first.state() != before);
    BOOST_TEST(first.state() == second.state());
}

BOOST_FIXTURE_TEST_CASE(a_graph_that_one_host_refuses_runs_on_none, two_hosts)
{
    BOOST_TEST(deploy(graph("one")).code == 0);
    const std::string file = first.file();
    const std::string state = first.state();
    const ended refused = deploy(refused_graph());
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, second.host.url() + ":/nodes/keep: does not start: "), refused.err);
    BOOST_TEST(has(refused.out, first.host.url() + ": is back to before: revision "), refused.out);
    for (a_host* each : {&first, &second})
    {
        BOOST_TEST(each->file() == file);
        BOOST_TEST(each->state() == state);
    }
}

BOOST_FIXTURE_TEST_CASE(a_graph_that_was_not_there_is_not_there_after_a_refusal, two_hosts)
{
    BOOST_TEST(deploy(refused_graph()).code == 1);
    BOOST_TEST(first.state() == "404");
    BOOST_TEST(second.state() == "404");
}

BOOST_FIXTURE_TEST_CASE(a_graph_that_was_stopped_is_stopped_after_a_refusal, two_hosts)
{
    BOOST_TEST(deploy(graph("one")).code == 0);
    const std::string file = first.file();
    const ended stopped = run(home, to_both({"stop", "g"}));
    BOOST_TEST(stopped.code == 0, stopped.err);
    BOOST_TEST(stopped.out == first.host.url() + ": stopped, 0 pending\n" + second.host.url() +
                                  ": stopped, 0 pending\n");
    const ended refused = deploy(refused_graph());
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.out, first.host.url() + ": is back to before: stopped\n"), refused.out);
    for (a_host* each : {&first, &second})
    {
        BOOST_TEST(each->file() == file);
        BOOST_TEST(each->state().starts_with("stopped "));
    }
}

BOOST_FIXTURE_TEST_CASE(a_graph_that_was_only_stored_is_so_after_a_refusal, two_hosts)
{
    const std::string stored = marking_graph("g", "stored", home.at("out"));
    BOOST_TEST(first.ask("PUT", "/api/graphs/g", stored).status == 201U);
    const std::string file = first.file();
    const std::string state = first.state();
    BOOST_TEST(state == "stopped null");
    BOOST_TEST(deploy(refused_graph()).code == 1);
    BOOST_TEST(first.file() == file);
    BOOST_TEST(first.state().starts_with("stopped "));
    BOOST_TEST(second.state() == "404");
}

BOOST_FIXTURE_TEST_CASE(what_runs_beside_a_newer_file_runs_again_after_a_refusal, two_hosts)
{
    BOOST_TEST(deploy(graph("one")).code == 0);
    const std::string stored = marking_graph("g", "stored", home.at("out"));
    BOOST_TEST(first.ask("PUT", "/api/graphs/g", stored).status == 200U);
    const std::string file = first.file();
    const std::string state = first.state();
    BOOST_TEST(deploy(refused_graph()).code == 1);
    BOOST_TEST(first.file() == file);
    BOOST_TEST(first.state() == state);
}

BOOST_FIXTURE_TEST_CASE(what_a_host_would_refuse_or_cannot_be_asked_changes_none, two_hosts)
{
    BOOST_TEST(deploy(graph("one")).code == 0);
    const std::string state = first.state();
    std::string unknown = marking_graph("g", "x", home.at("out"));
    unknown.replace(unknown.find("fields/set"), 10, "fields/get");
    const ended refused = deploy(home.write("unknown.json", unknown));
    BOOST_TEST(refused.code == 1);
    for (a_host* each : {&first, &second})
        BOOST_TEST(has(refused.err, each->host.url() + ":/nodes/mark/component: "), refused.err);
    second.host.stop();
    const ended away = deploy(graph("two"));
    BOOST_TEST(away.code == 1);
    BOOST_TEST(has(away.err, second.host.url() + ": does not answer: "), away.err);
    BOOST_TEST(away.out == "");
    BOOST_TEST(first.state() == state);
}

BOOST_AUTO_TEST_CASE(words_that_name_no_host_file_or_time_are_wrong_usage)
{
    const scratch home;
    const std::string file = home.write("g.json", marking_graph("g", "x", home.at("out")));
    for (const std::vector<std::string>& wrong :
         {std::vector<std::string>{"deploy"},
          {"deploy", file, "--to", "host2"},
          {"deploy", file, "--to", "ftp://host2"},
          {"deploy", file, "--to", "http://h", "--to", "http://h:80/"},
          {"deploy", file, "--wait", "soon"},
          {"deploy", file, "--wait", "0s"},
          {"stop"},
          {"stop", "g", "--wait", "0s"},
          {"stop", "g", "--to", "host2"}})
        BOOST_TEST(run(home, wrong).code == 2, wrong.back());
    const ended missing = run(home, {"deploy", home.at("none.json")});
    BOOST_TEST(missing.code == 1);
    BOOST_TEST(has(missing.err, "none.json"), missing.err);
}

BOOST_FIXTURE_TEST_CASE(stop_asks_every_host_though_one_has_no_such_graph, two_hosts)
{
    BOOST_TEST(run(home, {"deploy", graph("x"), "--to", second.host.url()}).code == 0);
    const ended stopped = run(home, to_both({"stop", "g", "--json"}));
    BOOST_TEST(stopped.code == 1);
    BOOST_TEST(has(stopped.err, first.host.url() + ": 404 Not Found"), stopped.err);
    const json::value told = penstock::parse_json(stopped.out);
    BOOST_TEST(told.at("host").as_string() == second.host.url());
    BOOST_TEST(told.at("state").as_string() == "stopped");
}

BOOST_AUTO_TEST_SUITE_END()
