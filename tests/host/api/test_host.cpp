// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "test_host.hpp"

#include "host/graph/spec.hpp"
#include "host/net/query.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace penstock::host::http::testing
{

namespace
{

engine_options with_one_lane(engine_options options)
{
    options.lanes = 1;
    options.drain = std::min<std::chrono::milliseconds>(options.drain, std::chrono::seconds(10));
    return options;
}

} // namespace

request make_request(std::string_view method, std::string_view target, std::string body,
                     fields headers)
{
    request made;
    made.method = method;
    made.target = target;
    made.path = decode_path(target).value();
    made.query = decode_query(target).value();
    for (const auto& [name, value] : headers)
        made.headers.add(name, value);
    made.has_body = !body.empty();
    if (made.has_body)
        made.content_length = body.size();
    made.body = std::move(body);
    return made;
}

json::value body_of(const response& answer)
{
    return parse_json(answer.body);
}

// There is the route that runs it; nothing runs it here.
const host::api::trial_options no_trial{.program = "/nonexistent", .packages = {}};

test_host::test_host(engine_options engine, host::api::data_options data_with,
                     host::api::authenticator* authentication, host::api::peer_options peers)
    : components({{PENSTOCK_DOOR_PACKAGES, true}}),
      graphs(components, journal, with_one_lane(std::move(engine))),
      kept(data.path()),
      api(graphs, kept,
          {.data = std::move(data_with),
           .trial = no_trial,
           .peers = std::move(peers),
           .authentication = authentication})
{
}

test_host::test_host(host::journal& with, engine_options engine, host::api::data_options data_with)
    : components({{PENSTOCK_DOOR_PACKAGES, true}}),
      journal(with),
      graphs(components, journal, with_one_lane(std::move(engine))),
      kept(data.path()),
      api(graphs, kept, {.data = std::move(data_with), .trial = no_trial})
{
}

test_host::~test_host()
{
    graphs.stop_all();
}

response test_host::send(request sent)
{
    request head = sent;
    head.body.clear();
    if (auto refused = api.head(head))
        return *std::move(refused);
    sent.found = std::move(head.found);
    awaited_answer waiting;
    api.handle(sent, waiting.to());
    return waiting.wait();
}

response test_host::send(std::string_view method, std::string_view target, std::string body,
                         fields headers)
{
    return send(make_request(method, target, std::move(body), headers));
}

std::string test_host::graph(std::string_view name, std::initializer_list<std::string_view> line)
{
    json::object nodes;
    json::array edges;
    std::string last;
    for (const std::string_view each : line)
    {
        nodes[each] = {{"component", "door/" + std::string(each)}};
        if (!last.empty())
            edges.push_back({{"from", last + ".out"}, {"to", std::string(each) + ".in"}});
        last = each;
    }
    return write_json(json::object{
        {"penstock", 1}, {"name", name}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

void test_host::deploy(std::string_view name, std::initializer_list<std::string_view> line)
{
    const parsed_graph read = parse_graph(graph(name, line));
    BOOST_TEST_REQUIRE(read.problems.empty());
    for (const problem& each : graphs.deploy(read.graph))
        BOOST_FAIL(to_string(each));
}

} // namespace penstock::host::http::testing
