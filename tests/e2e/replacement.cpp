// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a worker that replaces another runs, and a host that is started again.
#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(replacement)

using namespace penstock::e2e;
using namespace std::chrono_literals;
namespace json = penstock::json;

namespace
{

std::string answering(const std::string& name)
{
    return graph(name, {{"read", "json/read"}, {"answer", "http/reply"}},
                 {{"read.out", "answer.in"}});
}

// The same, and another version.
std::string titled(const std::string& name, const std::string& title)
{
    std::string text = answering(name);
    return text.insert(text.find('{') + 1, R"("title": ")" + title + "\",");
}

std::string state_of(caller& client, const std::string& name)
{
    const response found = client.ask("GET", "/api/graphs/" + name + "/state");
    return found.status == 200U ? text_of(body_of(found).at("state")) : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_replacement_runs_what_the_worker_before_ran)
{
    const scratch home;
    const std::string file = home.write("named.json", titled("named", "of the file"));
    supervised_host host(home, {file, home.write("halted.json", answering("halted"))});
    caller client(host.port());
    const auto deploy = [&](const std::string& name, const std::string& text)
    { return client.post("/api/graphs/" + name + "/deploy", "application/json", text).status; };
    BOOST_TEST(deploy("named", titled("named", "by hand")) == 200U);
    BOOST_TEST(deploy("added", titled("added", "first")) == 200U);
    BOOST_TEST(client
                   .ask("PUT", "/api/graphs/added", {{"Content-Type", "application/json"}},
                        titled("added", "not deployed"))
                   .status == 200U);
    BOOST_TEST(client
                   .ask("PUT", "/api/graphs/drawn", {{"Content-Type", "application/json"}},
                        answering("drawn"))
                   .status == 201U);
    BOOST_TEST(deploy("gone", answering("gone")) == 200U);
    BOOST_TEST(client.ask("DELETE", "/api/graphs/gone").status == 204U);
    BOOST_TEST(client.post("/api/graphs/halted/stop", "application/json", "").status == 200U);
    home.write("named.json", titled("named", "edited and not deployed"));

    for (int deaths = 0; deaths < 2; ++deaths)
    {
        ::kill(host.worker(), SIGKILL);
        host.wait_until_it_serves_again();
        caller again(host.port());
        BOOST_TEST(
            again.post("/graphs/named/data?ack=processed", "application/json", "{}").status ==
            200U);
        BOOST_TEST(
            again.post("/graphs/added/data?ack=processed", "application/json", "{}").status ==
            200U);
        BOOST_TEST(has(again.ask("GET", "/api/graphs/named").body, "by hand"));
        BOOST_TEST(state_of(again, "halted") == "stopped");
        BOOST_TEST(state_of(again, "drawn") != "running");
        BOOST_TEST(state_of(again, "gone") == "");
    }
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    caller last(host.port());
    BOOST_TEST(has(last.ask("GET", "/api/graphs/named").body, "edited and not deployed"));
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_graph_that_was_stopped_stays_so_over_a_restart_until_it_is_deployed)
{
    const scratch home;
    {
        live_host host(home, {});
        BOOST_TEST(
            host->post("/api/graphs/kept/deploy", "application/json", answering("kept")).status ==
            200U);
        BOOST_TEST(host->post("/api/graphs/kept/stop", "application/json", "").status == 200U);
        BOOST_TEST(host.stop().code == 0);
    }
    {
        live_host host(home, {});
        BOOST_TEST(text_of(host->get("/api/graphs/kept/state").at("state")) == "stopped");
        BOOST_TEST(host->post("/api/graphs/kept/deploy", "application/json", "").status == 200U);
        BOOST_TEST(host.stop().code == 0);
    }
    live_host host(home, {});
    BOOST_TEST(text_of(host->get("/api/graphs/kept/state").at("state")) == "running");
}

BOOST_AUTO_TEST_CASE(a_host_that_keeps_requests_of_a_graph_that_does_not_run_exits_with_1)
{
    const scratch home;
    {
        gate closed(home, "gate");
        live_host host(home,
                       {home.write("held.json", graph("held",
                                                      {{"read", "json/read"},
                                                       {"hold", "gate/hold",
                                                        R"({"path": ")" + home.at("gate") + "\"}"}},
                                                      {{"read.out", "hold.in"}})),
                        "--packages", gate_folder(), "--drain", "1ms"});
        BOOST_TEST(host->post("/data", "application/json", "{}").status == 202U);
        BOOST_TEST(host.stop().code == 1);
    }
    live_host host(home, {home.write("other.json", answering("other"))});
    BOOST_TEST(host.stop().code == 1);
}

BOOST_AUTO_TEST_CASE(a_host_whose_supervisor_was_killed_is_started_again_at_once)
{
    const scratch home;
    const std::string file = home.write("g.json", answering("g"));
    supervised_host first(home, {file});
    const std::string address = "127.0.0.1:" + std::to_string(first.port());
    first.child().signal(SIGKILL);
    program next(home, {"run", file, "--listen", address, "--data", home.at("data")});
    next.wait_for("listening on http://" + address);
}

BOOST_AUTO_TEST_CASE(a_replacement_runs_what_was_deployed_last_when_files_are_damaged)
{
    const scratch home;
    const std::string sound = answering("fragile");
    const std::string file = home.write("fragile.json", sound);
    const std::string other =
        home.write("other.json", graph("other", {{"read", "json/read"}, {"answer", "http/reply"}},
                                       {{"read.out", "answer.in"}}));
    const std::string configuration = home.write("penstock.json", R"({"lanes": 1})");
    supervised_host host(home, {file, other, "--config", configuration});
    BOOST_TEST(host.answer() == 200U);
    for (const char* damaged : {"fragile.json", "penstock.json"})
        home.write(damaged, R"({"penstock": 1, "na)");
    ::kill(host.worker(), SIGKILL);
    host.child().wait_for("its file says something else");
    host.wait_until_it_serves_again();
    BOOST_TEST(host.answer() == 200U); // of the first file, which is behind /data
    caller client(host.port());
    BOOST_TEST(client.post("/graphs/other/data", "application/json", "{}").status == 202U);
    BOOST_TEST(client.ask("GET", "/readyz").status == 200U);
    home.write("fragile.json", sound);
    home.write("penstock.json", R"({"lanes": 1})");
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(host.answer() == 200U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_replacement_takes_data_in_for_a_graph_that_does_not_start_and_tries_again)
{
    const scratch home;
    const std::string packages = home.at("packages");
    std::filesystem::copy(evil_folder(), packages);
    live_host host(
        home,
        {home.write("g.json",
                    graph("g",
                          {{"read", "json/read"},
                           {"obey", "evil/obey"},
                           {"out", "files/write", R"({"path": ")" + home.at("out.ndjson") + "\"}"}},
                          {{"read.out", "obey.in"}, {"obey.out", "out.in"}})),
         home.write("other.json", graph("other", {{"read", "json/read"}, {"answer", "http/reply"}},
                                        {{"read.out", "answer.in"}})),
         "--packages", packages},
        processes::two);
    const std::filesystem::path package = std::filesystem::path(packages) / "evil.so";
    std::filesystem::rename(package, home.at("aside"));
    ::kill(child_of(host.child().id()), SIGKILL);
    host.child().wait_for("serves again");
    caller client(host.port());
    BOOST_TEST(client.post("/graphs/other/data?ack=processed", "application/json", "{}").status ==
               200U);
    const json::value state = client.get("/api/graphs/g/state");
    BOOST_TEST(text_of(state.at("state")) == "failed");
    BOOST_TEST(has(text_of(state.at("causes").at(0).at("last_error")), "evil/obey"));
    BOOST_TEST(client.ask("GET", "/readyz").status == 503U);
    BOOST_TEST(client.post("/data", "application/json", R"({"n": 1})").status == 202U);
    std::filesystem::rename(home.at("aside"), package);
    BOOST_TEST(eventually([&] { return client.ask("GET", "/readyz").status == 200U; }, 30s));
    BOOST_TEST(host.settle("g").delivered == 1U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(requests_of_a_graph_that_is_not_named_any_more_are_a_cause_until_it_is)
{
    const scratch home;
    const gate held(home, "gate");
    const std::string gone = home.write(
        "gone.json",
        graph("gone",
              {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
              {{"read.out", "hold.in"}}));
    const std::string other = home.write("other.json", answering("other"));
    const std::vector<std::string> more{"--packages", gate_folder(), "--drain", "100ms"};
    const auto with = [&](std::vector<std::string> files)
    {
        files.insert(files.end(), more.begin(), more.end());
        return files;
    };
    {
        live_host host(home, with({gone, other}));
        for (int i = 0; i < 3; ++i)
            BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", "{}").status, 202);
        BOOST_TEST(host.stop().code == 1);
    }
    {
        live_host host(home, with({other}));
        const response ready = host->ask("GET", "/readyz");
        BOOST_TEST(ready.status == 200U);
        const json::value cause = body_of(ready).at("causes").at(0);
        BOOST_TEST(text_of(cause.at("cause")) == "left");
        BOOST_TEST(text_of(cause.at("graph")) == "gone");
        BOOST_TEST(cause.at("entries").as_int64() == 3);
        BOOST_TEST(has(text_of(cause.at("detail")), "3 requests of an earlier run wait for graph"));
        const json::value state = host->get("/api/graphs/gone/state");
        BOOST_TEST(state.at("pending").at("entries").as_int64() == 3);
        BOOST_TEST(text_of(state.at("causes").at(0).at("cause")) == "left");
        BOOST_TEST(host->ask("GET", "/api/graphs/never/state").status == 404U);
        BOOST_TEST(host.stop().code == 1);
    }
    live_host host(home, with({other, gone}));
    BOOST_TEST(!has(host->ask("GET", "/readyz").body, "left"));
}

BOOST_AUTO_TEST_CASE(
    a_replacement_with_damaged_tokens_answers_and_lets_nobody_in_until_they_are_whole)
{
    const scratch home;
    const ended made = penstock::host::cli::testing::run(
        home, {"token", "new", "one", "--scope", "admin", "--data", home.at("data")});
    BOOST_TEST_REQUIRE(made.code == 0, made.err);
    const std::string token = made.out.substr(0, made.out.find('\n'));
    const std::string tokens = home.at("data") + "/tokens.json";
    const std::string whole = read_file(tokens);
    live_host host(home, {home.write("g.json", answering("fragile"))}, processes::two);
    std::ofstream(tokens).write("{", 1).flush();
    ::kill(child_of(host.child().id()), SIGKILL);
    host.child().wait_for("serves again");
    caller client(host.port());
    const auto status = [&] {
        return client.ask("GET", "/api/graphs", {{"Authorization", "Bearer " + token}}).status;
    };
    BOOST_TEST(client.ask("GET", "/livez").status == 200U);
    BOOST_TEST(status() == 503U);
    std::ofstream(tokens) << whole << std::flush;
    BOOST_TEST(eventually([&] { return status() == 200U; }));
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
