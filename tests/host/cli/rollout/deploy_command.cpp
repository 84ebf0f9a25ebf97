// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/client.hpp"
#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(deploy_command)

using namespace penstock::host::cli::testing;
namespace http = penstock::host::http;
namespace json = penstock::json;

namespace
{

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// A host without graphs, and what it says of the graph `g`.
struct a_host
{
    scratch home;
    running host{home, {"--data", home.at("data")}};

    http::response ask(std::string_view method, std::string_view target, std::string_view body = {})
    {
        http::client to({.host = "127.0.0.1", .port = host.port()}, {});
        http::header_list headers;
        headers.add("Content-Type", "application/json");
        auto answer = to.send(method, target, headers, body);
        if (!answer)
            throw std::runtime_error(answer.error().message());
        return *std::move(answer);
    }

    std::string file() { return ask("GET", "/api/graphs/g").body; }

    /// The state, and the revision that was deployed last.
    std::string state()
    {
        const http::response answer = ask("GET", "/api/graphs/g/state");
        if (answer.status != 200)
            return std::to_string(answer.status);
        const json::value body = penstock::parse_json(answer.body);
        return std::string(body.at("state").as_string()) + ' ' +
               penstock::write_json(body.at("deployed_revision"));
    }
};

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

namespace
{

/// A host of our own making, which may do anything on the way: its graph is never there before.
class odd_host
{
public:
    /// `odd` answers what it likes; status 0: as a host does.
    explicit odd_host(scripted_server::script odd)
        : server_(
              [odd = std::move(odd)](const received_request& request)
              {
                  scripted_answer answer = odd(request);
                  return answer.status == 0 ? usual(request) : answer;
              })
    {
    }

    [[nodiscard]] std::string url() const { return server_.url(); }

    [[nodiscard]] bool was_asked(const std::string& method) const
    {
        const auto all = server_.requests();
        return std::ranges::any_of(all, [&](const received_request& each)
                                   { return each.method == method; });
    }

private:
    static scripted_answer usual(const received_request& request)
    {
        if (request.method == "PUT")
            return {201, "{}", {"ETag: \"new\""}};
        if (request.method == "DELETE")
            return {204};
        if (request.target == "/api/graphs/g")
            return {404, "{}"};
        if (request.target.ends_with("/validate"))
            return {200, R"({"problems": []})"};
        return {200, R"({"state": "running", "deployed_revision": "new"})"};
    }

    scripted_server server_;
};

const scripted_answer as_usual{.status = 0};

bool is_deployment(const received_request& request)
{
    return request.target.ends_with("/deploy");
}

} // namespace

BOOST_AUTO_TEST_CASE(an_interruption_on_the_way_goes_back)
{
    a_host first;
    std::promise<void> asked;
    std::promise<void> goes_on;
    const odd_host second(
        [&](const received_request& request)
        {
            if (is_deployment(request))
            {
                asked.set_value();
                goes_on.get_future().wait();
            }
            return as_usual;
        });
    const scratch home;
    program deploying(home,
                      {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))),
                       "--to", first.host.url(), "--to", second.url()});
    asked.get_future().wait();
    deploying.signal(SIGINT);
    goes_on.set_value();
    const ended interrupted = deploying.wait();
    BOOST_TEST(interrupted.code == 1);
    BOOST_TEST(has(interrupted.err, "interrupted"), interrupted.err);
    BOOST_TEST(has(interrupted.out, second.url() + ": is back to before: not there\n"));
    BOOST_TEST(second.was_asked("DELETE"));
    BOOST_TEST(first.state() == "404");
}

BOOST_AUTO_TEST_CASE(a_host_that_does_not_answer_in_time_goes_back_too)
{
    a_host first;
    const odd_host second(
        [](const received_request& request)
        { return is_deployment(request) ? scripted_answer{.hangs = true} : as_usual; });
    const scratch home;
    const ended late =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))),
                   "--wait", "2s", "--to", first.host.url(), "--to", second.url()});
    BOOST_TEST(late.code == 1);
    BOOST_TEST(has(late.err, second.url() + ": does not answer: "), late.err);
    BOOST_TEST(second.was_asked("DELETE"));
    BOOST_TEST(first.state() == "404");
}

BOOST_AUTO_TEST_CASE(a_host_that_cannot_go_back_is_named)
{
    a_host first;
    const odd_host second(
        [](const received_request& request) {
            return is_deployment(request) || request.method == "DELETE" ? scripted_answer{500}
                                                                        : as_usual;
        });
    const scratch home;
    const ended stuck =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))), "--to",
                   first.host.url(), "--to", second.url()});
    BOOST_TEST(stuck.code == 1);
    BOOST_TEST(has(stuck.out, second.url() + ": could not go back to before: not there\n"),
               stuck.out);
    BOOST_TEST(has(stuck.out, first.host.url() + ": is back to before: not there\n"), stuck.out);
    BOOST_TEST(first.state() == "404");
}

BOOST_AUTO_TEST_CASE(what_was_changed_by_others_meanwhile_is_left_to_them)
{
    a_host first;
    const odd_host second(
        [&](const received_request& request)
        {
            if (!is_deployment(request))
                return as_usual;
            const std::string theirs = marking_graph("g", "theirs", "/dev/null");
            (void)first.ask("PUT", "/api/graphs/g", theirs);
            return scripted_answer{422, "{}"};
        });
    const scratch home;
    const ended refused =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))), "--to",
                   first.host.url(), "--to", second.url()});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, first.host.url() + ": 412 Precondition Failed"), refused.err);
    BOOST_TEST(has(first.file(), "theirs"));
}

BOOST_AUTO_TEST_CASE(words_that_name_no_host_file_or_time_are_wrong_usage)
{
    const scratch home;
    const std::string file = home.write("g.json", marking_graph("g", "x", home.at("out")));
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"deploy"},
                                                  {"deploy", file, "--to", "host2"},
                                                  {"deploy", file, "--to", "ftp://host2"},
                                                  {"deploy", file, "--wait", "soon"},
                                                  {"deploy", file, "--wait", "0s"},
                                                  {"stop"},
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
