// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <string>

BOOST_AUTO_TEST_SUITE(packages)

using namespace penstock::e2e;

namespace
{

ended install(const scratch& home, const std::string& version)
{
    return penstock::host::cli::testing::run(
        home, {"package", "install", PENSTOCK_VERSIONED + version + "/versioned.so"});
}

std::string marking_graph(const std::string& gate, const std::string& pin = "")
{
    std::string text = graph("versions",
                             {{"read", "json/read"},
                              {"mark", "versioned/mark", R"({"gate": ")" + gate + "\"}"},
                              {"answer", "http/reply"}},
                             {{"read.out", "mark.in"}, {"mark.out", "answer.in"}});
    if (!pin.empty())
        text.insert(text.find('{', text.find("\"mark\"")) + 1, R"("package": ")" + pin + R"(", )");
    return text;
}

// The version that a packet went through.
std::string version_seen(std::uint16_t port, const std::string& packet)
{
    caller client(port);
    const response answer = client.post("/data?ack=processed&wait=30s", "application/json", packet);
    return answer.status == 200 ? text_of(body_of(answer).at_pointer("/packets/0/fields/version"))
                                : answer.body;
}

std::string version_offered(live_host& host)
{
    const response answer = host->ask("GET", "/api/components/versioned/mark");
    return answer.status == 200 ? text_of(body_of(answer).at("version")) : "none";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_running_host_offers_a_new_package)
{
    const scratch home;
    live_host host(
        home,
        {home.write("none.json", graph("none", {{"read", "json/read"}, {"answer", "http/reply"}},
                                       {{"read.out", "answer.in"}}))});
    BOOST_TEST(version_offered(host) == "none");
    BOOST_TEST(install(home, "1.2.0").code == 0);
    BOOST_TEST(eventually([&] { return version_offered(host) == "1.2.0"; }));
    BOOST_TEST(penstock::host::cli::testing::run(home, {"package", "remove", "versioned"}).code ==
               0);
    BOOST_TEST(eventually([&] { return version_offered(host) == "none"; }));
}

BOOST_AUTO_TEST_CASE(an_updated_package_is_used_by_the_next_deployment_while_the_old_code_drains)
{
    const scratch home;
    BOOST_TEST(install(home, "1.2.0").code == 0);
    gate held(home, "gate");
    live_host host(home, {home.write("g.json", marking_graph(held.path()))});
    BOOST_TEST(version_seen(host.port(), R"({"n": 0})") == "1.2.0");
    auto slow = std::async(std::launch::async,
                           [&] { return version_seen(host.port(), R"({"wait": true})"); });
    BOOST_TEST(eventually([&] { return host.account_of("versions").accepted == 2; }));

    BOOST_TEST(install(home, "2.0.0").code == 0);
    BOOST_TEST(eventually([&] { return version_offered(host) == "2.0.0"; }));
    BOOST_TEST(host->ask("POST", "/api/graphs/versions/deploy").status == 200);
    BOOST_TEST(version_seen(host.port(), R"({"n": 1})") == "2.0.0");
    held.open();
    BOOST_TEST(slow.get() == "1.2.0");
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(the_same_version_built_again_is_used_by_the_next_deployment)
{
    const scratch home;
    BOOST_TEST(install(home, "1.2.0").code == 0);
    live_host host(home, {home.write("g.json", marking_graph(""))});
    BOOST_TEST(version_seen(host.port(), R"({"n": 0})") == "1.2.0");
    const ended replaced = install(home, "1.2.0_again");
    BOOST_TEST(has(replaced.out, "replaced versioned 1.2.0"), replaced.out);
    host.child().wait_for("packages have changed");
    BOOST_TEST(host->ask("POST", "/api/graphs/versions/deploy").status == 200);
    BOOST_TEST(version_seen(host.port(), R"({"n": 1})") == "1.2.0 again");
}

BOOST_AUTO_TEST_CASE(a_pinned_version_is_used_though_there_is_a_newer)
{
    const scratch home;
    for (const char* version : {"1.2.0", "1.2.10", "2.0.0"})
        BOOST_TEST(install(home, version).code == 0);
    live_host host(home, {home.write("g.json", marking_graph("", "versioned@1.2"))});
    BOOST_TEST(version_seen(host.port(), R"({"n": 0})") == "1.2.10");
    BOOST_TEST(
        host->ask("PUT", "/api/graphs/versions", {}, marking_graph("", "versioned@1.2.0")).status ==
        200);
    BOOST_TEST(host->ask("POST", "/api/graphs/versions/deploy").status == 200);
    BOOST_TEST(version_seen(host.port(), R"({"n": 1})") == "1.2.0");
}

BOOST_AUTO_TEST_SUITE_END()
