// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(yaml_files)

using namespace penstock::host::cli::testing;

namespace
{

/// A graph that writes what it reads to a file.
std::string keeping_graph(const std::string& file)
{
    return R"(penstock: 1
name: g
nodes:
  read: {component: json/read}
  keep: {component: files/write, params: {path: )" +
           file + R"(}}
edges:
  - {from: read.out, to: keep.in}
)";
}

} // namespace

BOOST_AUTO_TEST_CASE(are_run_and_read_again_when_the_host_is_told_to)
{
    const scratch home;
    const std::string file = home.write("g.yaml", keeping_graph(home.at("out")));
    BOOST_TEST(run(home, {"validate", file}).code == 0);
    BOOST_TEST(run(home, {"graph", file}).out.find("keep") != std::string::npos);
    running host(home, {file});
    const std::string body = home.write("body.json", R"({"a": 1})");
    const auto push = [&] {
        return run(home, {"push", body, "--to", host.url(), "--ack", "processed"}).code;
    };
    BOOST_TEST(push() == 0);
    BOOST_TEST(read_file(home.at("out")) == "{\"a\":1}\n");
    home.write("g.yaml", keeping_graph(home.at("again")));
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(push() == 0);
    BOOST_TEST(read_file(home.at("again")) == "{\"a\":1}\n");
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
