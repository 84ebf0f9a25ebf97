// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace penstock::host::tests
{

using way = function_component::body;

// Marks what went that way.
inline void mark(packet& packet, std::string_view name)
{
    packet.set(name, true);
}

inline way pass(std::string name)
{
    return [name](input& in, output& out, function_component&)
    {
        while (auto packet = in.receive())
        {
            mark(*packet, name);
            out.send(std::move(*packet));
        }
    };
}

inline std::int64_t number_of(const packet& packet)
{
    return packet.get("n").to_number<std::int64_t>();
}

// Drops two of three, and so all of some requests.
inline void filter_most(input& in, output& out, function_component& self)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        if (number_of(*packet) % 3 == 0)
            out.send(std::move(*packet));
        else
            self.drop(std::move(*packet));
    }
}

inline void drop_all(input& in, output&, function_component& self)
{
    while (auto packet = in.receive())
        self.drop(std::move(*packet));
}

// Fails now and then with a packet in hand, and is made anew.
inline void break_down(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        if (number_of(*packet) % 7 == 3)
            throw std::runtime_error("broken");
        out.send(std::move(*packet));
    }
}

// The same with a whole request in hand; the one to blame is its last packet.
inline void break_down_over_a_request(input& in, output& out, function_component&)
{
    while (batch request = in.receive_request())
    {
        if (!request.empty() && number_of(request.back()) % 7 == 3)
            throw std::runtime_error("broken");
        for (packet& each : request)
        {
            mark(each, "left");
            out.send(std::move(each));
        }
    }
}

// Waits on the pool for nothing, so that the branches run at different speeds.
inline void dawdle(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        if (number_of(*packet) % 5 == 0)
            blocking([] {});
        out.send(std::move(*packet));
    }
}

inline constexpr std::size_t joined_requests = 500;

// The numbers of the packets of a request; none for some.
inline std::vector<std::int64_t> numbers_of(std::size_t request)
{
    std::vector<std::int64_t> numbers(request % 4);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<std::int64_t>(request * 4 + i);
    return numbers;
}

inline std::unique_ptr<entry> request_of(std::size_t request)
{
    auto made = std::make_unique<entry>();
    made->bytes = 100;
    for (const std::int64_t n : numbers_of(request))
    {
        packet content;
        content.set("n", n);
        content.set("request", static_cast<std::int64_t>(request));
        made->packets.push_back({std::move(content), "application/json"});
    }
    return made;
}

struct joined
{
    std::vector<json::object> packets; // in the order of arrival; of one request that of the join
    std::size_t dead = 0;
    bool settled = false;
    std::size_t left = 0;
};

// Pushes the requests through a diamond whose left branch leads to `in` of the join, the right one
// to `in2`.
inline joined join(std::string_view component, std::string_view params, const way& left,
                   std::size_t lanes, bool deploys, std::size_t capacity = 8)
{
    const auto type = packages().find(component);
    BOOST_TEST_REQUIRE((type != nullptr));
    collected got;
    tests::bench bench;
    const auto deploy = [&]
    {
        plan_builder plan;
        plan.door()
            .function("left", left)
            .function("right", pass("right"))
            .node("join", type->category, maker_of(type, parse_json(params).as_object()))
            .node("sink", category::publisher,
                  [&] { return std::make_unique<collector>(got, "out"); })
            .edge("door.out", "left.in", capacity)
            .edge("door.out", "right.in", capacity)
            .edge("left.out", "join.in", capacity)
            .edge("right.out", "join.in2", capacity)
            .edge("join.out", "sink.in", capacity);
        bench.deploy(plan, lanes);
    };
    deploy();
    for (std::size_t request = 0; request < joined_requests; ++request)
    {
        if (deploys && request == joined_requests / 2)
            deploy();
        BOOST_TEST_REQUIRE((bench.push(request_of(request)) == admission::accepted));
    }
    joined result;
    result.settled = bench.settle();
    result.left = bench.graph.stop(20s);
    for (const std::string& text : got.texts())
        result.packets.push_back(
            parse_json(std::string_view(text).substr(4)).at("fields").as_object());
    result.dead = bench.graph.totals().dead;
    return result;
}

struct join_setting
{
    std::size_t lanes;
    bool deploys;
};

inline constexpr join_setting join_settings[] = {{1, false}, {2, false}, {4, false},
                                                 {1, true},  {2, true},  {4, true}};

inline std::size_t count(const std::function<bool(std::int64_t)>& matches)
{
    std::size_t all = 0;
    for (std::size_t request = 0; request < joined_requests; ++request)
        for (const std::int64_t n : numbers_of(request))
            all += matches(n) ? 1 : 0;
    return all;
}

inline bool breaks(std::int64_t n)
{
    return n % 7 == 3;
}

// The last packets of a request go, one after the other, as long as they are to blame.
inline std::set<std::int64_t> blamed()
{
    std::set<std::int64_t> all;
    for (std::size_t request = 0; request < joined_requests; ++request)
    {
        std::vector<std::int64_t> numbers = numbers_of(request);
        for (; !numbers.empty() && breaks(numbers.back()); numbers.pop_back())
            all.insert(numbers.back());
    }
    return all;
}

} // namespace penstock::host::tests
