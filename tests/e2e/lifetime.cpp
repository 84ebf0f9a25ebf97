// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(lifetime)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

std::string gated_graph(const std::string& pipe)
{
    return graph("gated",
                 {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + pipe + "\"}"}},
                 {{"read.out", "hold.in"}});
}

std::string marking_graph(const std::string& mark)
{
    return graph("marks",
                 {{"read", "json/read"},
                  {"mark", "fields/set", R"({"field": "mark", "value": ")" + mark + "\"}"},
                  {"answer", "http/reply"}},
                 {{"read.out", "mark.in"}, {"mark.out", "answer.in"}});
}

std::string mark_of(live_host& host)
{
    const response answer = host->post("/data?ack=processed", "application/json", "{}");
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    return text_of(body_of(answer).at("packets").at(0).at("fields").at("mark"));
}

// Sends until the host takes no more; returns how many requests it said it accepted.
std::uint64_t send_until_refused(std::uint16_t port)
{
    std::uint64_t accepted = 0;
    try
    {
        caller client(port);
        while (client.post("/data", "application/json", R"({"a": 1})").status == 202)
            ++accepted;
    }
    catch (const std::runtime_error&) // nobody listens any more
    {
        return accepted;
    }
    return accepted;
}

std::string without_commas(std::string text)
{
    std::erase(text, ',');
    return text;
}

// The local addresses of the sockets that a process listens on.
std::set<std::string> listened_on(pid_t process)
{
    const std::filesystem::path folder = "/proc/" + std::to_string(process);
    std::set<std::string> own;
    for (const auto& each : std::filesystem::directory_iterator(folder / "fd"))
    {
        std::error_code gone;
        own.insert(std::filesystem::read_symlink(each.path(), gone).string());
    }
    std::set<std::string> found;
    for (const char* table : {"net/tcp", "net/tcp6", "net/udp", "net/udp6"})
    {
        std::ifstream lines(folder / table);
        for (std::string line; std::getline(lines, line);)
        {
            std::istringstream words(line);
            std::string slot, local, remote, state, queues, timer, retries, user, timeout, socket;
            words >> slot >> local >> remote >> state >> queues >> timer >> retries >> user >>
                timeout >> socket;
            const bool listens = state == "0A" || state == "07";
            if (listens && own.contains("socket:[" + socket + "]"))
                found.insert(local.substr(0, local.find(':')));
        }
    }
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(only_loopback_is_listened_on)
{
    const scratch home;
    live_host host(home, {home.write("g.json", marking_graph("x"))});
    BOOST_TEST(mark_of(host) == "x");
    BOOST_TEST(listened_on(host.child().id()) == std::set<std::string>{"0100007F"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sigterm_works_off_what_is_pending_and_ends_with_0)
{
    constexpr std::uint64_t requests = 50;
    const scratch home;
    gate held(home, "gate");
    live_host host(home,
                   {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder()});
    for (std::uint64_t n = 0; n < requests; ++n)
        BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", "{}").status, 202);
    BOOST_TEST(host.account_of("gated").done == 0U);
    host.child().signal(SIGTERM);
    host.child().wait_for("stopping");
    const std::uint64_t late = send_until_refused(host.port());
    held.open();
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    const std::string all = std::to_string(requests + late);
    BOOST_TEST(has(without_commas(end.err),
                   "gated: " + all + " accepted " + all + " delivered 0 dropped 0 dead 0 pending"),
               end.err);
}

BOOST_AUTO_TEST_CASE(sigterm_under_load_accounts_for_all_that_was_accepted)
{
    constexpr std::size_t senders = 4;
    const scratch home;
    const std::string out = home.at("out.ndjson");
    const std::string text = graph(
        "busy", {{"read", "json/read"}, {"keep", "files/write", R"({"path": ")" + out + "\"}"}},
        {{"read.out", "keep.in"}});
    live_host host(home, {home.write("g.json", text)});
    std::atomic<std::uint64_t> accepted = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t n = 0; n < senders; ++n)
            threads.emplace_back([&] { accepted += send_until_refused(host.port()); });
        BOOST_TEST(eventually([&] { return host.account_of("busy").accepted > 500; }));
        host.child().signal(SIGTERM);
    }
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    const std::string lines = read_file(out);
    const std::uint64_t written = static_cast<std::uint64_t>(std::ranges::count(lines, '\n'));
    BOOST_TEST(accepted <= written); // an answer may have been cut off
    BOOST_TEST(written <= accepted + senders);
    BOOST_TEST(has(without_commas(end.err), "busy: " + std::to_string(written) + " accepted " +
                                                std::to_string(written) +
                                                " delivered 0 dropped 0 dead 0 pending"),
               end.err);
}

BOOST_AUTO_TEST_CASE(an_endless_source_ends_with_the_host)
{
    const scratch home;
    const std::string text = graph(
        "endless",
        {{"make", "debug/generate", R"({"count": 0, "packet": {"a": 1}})"}, {"end", "debug/null"}},
        {{"make.out", "end.in"}});
    live_host host(home, {home.write("g.json", text)});
    BOOST_TEST(eventually([&] { return host.account_of("endless").delivered > 1'000; }));
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, " 0 dropped, 0 dead, 0 pending"), end.err);
}

BOOST_AUTO_TEST_CASE(data_goes_to_the_graph_that_was_named_first)
{
    const scratch home;
    const auto echo = [&](const std::string& name)
    {
        return home.write(name + ".json",
                          graph(name, {{"read", "json/read"}, {"answer", "http/reply"}},
                                {{"read.out", "answer.in"}}));
    };
    live_host host(home, {echo("zeta"), echo("alpha")});
    BOOST_TEST(host->post("/data?ack=processed", "application/json", "{}").status == 200U);
    BOOST_TEST(host.account_of("zeta").accepted == 1U);
    BOOST_TEST(host.account_of("alpha").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_left_at_the_deadline_is_counted_and_ends_with_1)
{
    const scratch home;
    const gate held(home, "gate");
    live_host host(home, {home.write("g.json", gated_graph(held.path())), "--packages",
                          gate_folder(), "--drain", "200ms"});
    for (int n = 0; n < 3; ++n)
        BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", "{}").status, 202);
    const ended end = host.stop();
    BOOST_TEST(end.code == 1, end.err);
    BOOST_TEST(has(end.err, "gated: 3 accepted, 0 delivered, 0 dropped, 0 dead, 3 pending"),
               end.err);
}

BOOST_AUTO_TEST_CASE(a_held_answer_is_given_before_the_end)
{
    const scratch home;
    gate held(home, "gate");
    live_host host(home,
                   {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder()});
    raw_client client = host.connect();
    client.send("POST /data?ack=processed&wait=30s HTTP/1.1\r\nHost: localhost\r\n"
                "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_REQUIRE(eventually([&] { return host.account_of("gated").accepted == 1; }));
    host.child().signal(SIGTERM);
    host.child().wait_for("stopping");
    held.open();
    const auto answer = client.read_answer();
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(penstock::parse_json(answer.body).at("delivered").as_int64() == 1);
    BOOST_TEST(host.child().wait().code == 0);
}

BOOST_AUTO_TEST_CASE(graphs_made_over_http_run_again_after_a_restart)
{
    const scratch home;
    const std::string text = marking_graph("kept");
    {
        live_host host(home, {});
        BOOST_TEST(host->ask("GET", "/readyz").status == 503U);
        BOOST_TEST(host->post("/data", "application/json", "{}").status == 503U);
        BOOST_TEST(host->ask("PUT", "/api/graphs/marks", {}, text).status == 201U);
        BOOST_TEST(host->ask("POST", "/api/graphs/marks/deploy").status == 200U);
        BOOST_TEST(host->ask("GET", "/readyz").status == 200U);
        BOOST_TEST(mark_of(host) == "kept");
        BOOST_TEST(host.stop().code == 0);
    }
    live_host host(home, {});
    BOOST_TEST(host->ask("GET", "/readyz").status == 200U);
    BOOST_TEST(mark_of(host) == "kept");
    BOOST_TEST(host->ask("DELETE", "/api/graphs/marks").status == 204U);
    BOOST_TEST(host.stop().code == 0);
    live_host last(home, {});
    BOOST_TEST(last->get("/api/graphs").as_array().empty());
}

BOOST_AUTO_TEST_CASE(sighup_deploys_the_files_as_they_are_now_and_loses_nothing)
{
    const scratch home;
    live_host host(home, {home.write("g.json", marking_graph("old"))});
    BOOST_TEST(mark_of(host) == "old");
    home.write("g.json", marking_graph("new"));
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(mark_of(host) == "new");
    const account total = host.settle("marks");
    BOOST_TEST(total.delivered == 2U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(sighup_forgets_a_stopped_graph_whose_file_was_renamed)
{
    const scratch home;
    live_host host(home, {});
    const auto kept = [&](const std::string& name)
    { return home.at("data/graphs/" + name + ".json"); };
    const auto send = [&](const std::string& method, const std::string& path,
                          const std::string& body) {
        return host->ask(method, path, {{"Content-Type", "application/json"}}, body).status;
    };
    BOOST_TEST(send("PUT", "/api/graphs/marks", marking_graph("x")) == 201U);
    BOOST_TEST(send("POST", "/api/graphs/marks/deploy", "") == 200U);
    BOOST_TEST(send("POST", "/api/graphs/marks/stop", "") == 200U);
    std::string draft = marking_graph("x");
    draft.replace(draft.find("\"marks\""), 7, "\"draft\"");
    BOOST_TEST(send("PUT", "/api/graphs/draft", draft) == 201U);
    for (const char* name : {"marks", "draft"})
    {
        std::string text = read_file(kept(name));
        std::filesystem::remove(kept(name));
        text.replace(text.find(name), 5, std::string("new") + name[0] + "x");
        home.write("data/graphs/new" + std::string(1, name[0]) + "x.json", text);
    }
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    std::set<std::string> names;
    const json::value listed = host->get("/api/graphs");
    for (const json::value& each : listed.as_array())
        names.insert(text_of(each.at("name")) + ' ' + text_of(each.at("state")));
    BOOST_TEST(names == (std::set<std::string>{"newdx running", "newmx running"}),
               boost::test_tools::per_element());
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
