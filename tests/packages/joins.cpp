// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Components that join inputs rely on this: the nth request of one input is the nth of the other,
// whatever the branches between did.
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

using way = function_component::body;

// Marks what went that way.
void mark(packet& packet, std::string_view name)
{
    packet.set(name, true);
}

way pass(std::string name)
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

std::int64_t number_of(const packet& packet)
{
    return packet.get("n").to_number<std::int64_t>();
}

// Drops two of three, and so all of some requests.
void filter_most(input& in, output& out, function_component& self)
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

void drop_all(input& in, output&, function_component& self)
{
    while (auto packet = in.receive())
        self.drop(std::move(*packet));
}

// Sends each packet on, and up to two of its children behind it.
void multiply(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        std::vector<penstock::packet> children;
        for (std::int64_t i = 0; i < number_of(*packet) % 3; ++i)
        {
            children.push_back(packet->clone());
            children.back().set("child", i);
        }
        out.send(std::move(*packet));
        for (penstock::packet& each : children)
            out.send(std::move(each));
    }
}

// Sends the packets of a request in the other order.
void turn_round(input& in, output& out, function_component&)
{
    while (batch request = in.receive_request())
        for (; !request.empty(); request.pop_back())
        {
            mark(request.back(), "left");
            out.send(std::move(request.back()));
        }
}

// Fails now and then with a packet in hand, and is made anew.
void break_down(input& in, output& out, function_component&)
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
void break_down_over_a_request(input& in, output& out, function_component&)
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
void dawdle(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        if (number_of(*packet) % 5 == 0)
            blocking([] {});
        out.send(std::move(*packet));
    }
}

constexpr std::size_t joined_requests = 500;

// The numbers of the packets of a request; none for some.
std::vector<std::int64_t> numbers_of(std::size_t request)
{
    std::vector<std::int64_t> numbers(request % 4);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<std::int64_t>(request * 4 + i);
    return numbers;
}

std::unique_ptr<entry> request_of(std::size_t request)
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
joined join(std::string_view component, std::string_view params, const way& left, std::size_t lanes,
            bool deploys, std::size_t capacity = 8)
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

constexpr join_setting join_settings[] = {{1, false}, {2, false}, {4, false},
                                          {1, true},  {2, true},  {4, true}};

// Each packet that both branches let through must come out once, with the marks of both; each
// other as it is.
void check_merged(const way& left, const std::function<bool(std::int64_t)>& passes_left,
                  std::size_t deaths = 0)
{
    for (const auto& [lanes, deploys] : join_settings)
    {
        const joined result = join("route/merge", R"({"key": "/fields/n"})", left, lanes, deploys);
        BOOST_TEST_CONTEXT(lanes << " lanes, " << deploys << " deploys")
        {
            BOOST_TEST(result.settled);
            BOOST_TEST(result.left == 0U);
            BOOST_TEST(result.dead == deaths);
            std::map<std::int64_t, json::object> by_number;
            for (const json::object& fields : result.packets)
                BOOST_TEST(
                    by_number.emplace(fields.at("n").to_number<std::int64_t>(), fields).second);
            for (std::size_t request = 0; request < joined_requests; ++request)
                for (const std::int64_t n : numbers_of(request))
                {
                    BOOST_TEST_REQUIRE(by_number.contains(n), n);
                    BOOST_TEST(by_number[n].contains("right"), n);
                    BOOST_TEST(by_number[n].contains("left") == passes_left(n), n);
                    by_number.erase(n);
                }
            BOOST_TEST(by_number.empty());
        }
    }
}

// Of each request, what came by `in` and by `in2` must alternate, then the rest; `left_gives` tells
// how many packets of a request come by the left.
void check_collated(const way& left,
                    const std::function<std::size_t(std::size_t request)>& left_gives,
                    std::size_t deaths = 0)
{
    for (const auto& [lanes, deploys] : join_settings)
    {
        const joined result = join("route/collate", "{}", left, lanes, deploys);
        BOOST_TEST_CONTEXT(lanes << " lanes, " << deploys << " deploys")
        {
            BOOST_TEST(result.settled);
            BOOST_TEST(result.left == 0U);
            BOOST_TEST(result.dead == deaths);
            std::map<std::size_t, std::string> sides;
            for (const json::object& fields : result.packets)
                sides[fields.at("request").to_number<std::size_t>()] +=
                    fields.contains("left") ? 'l' : 'r';
            for (std::size_t request = 0; request < joined_requests; ++request)
            {
                std::string expected;
                const std::size_t from_left = left_gives(request);
                const std::size_t from_right = numbers_of(request).size();
                for (std::size_t i = 0; i < std::max(from_left, from_right); ++i)
                {
                    if (i < from_left)
                        expected += 'l';
                    if (i < from_right)
                        expected += 'r';
                }
                BOOST_TEST(sides[request] == expected, "request " << request);
            }
        }
    }
}

std::function<std::size_t(std::size_t)> sum(std::function<std::size_t(std::int64_t)> of_packet)
{
    return [of_packet](std::size_t request)
    {
        std::size_t all = 0;
        for (const std::int64_t n : numbers_of(request))
            all += of_packet(n);
        return all;
    };
}

std::size_t count(const std::function<bool(std::int64_t)>& matches)
{
    std::size_t all = 0;
    for (std::size_t request = 0; request < joined_requests; ++request)
        for (const std::int64_t n : numbers_of(request))
            all += matches(n) ? 1 : 0;
    return all;
}

bool breaks(std::int64_t n)
{
    return n % 7 == 3;
}

// The last packets of a request go, one after the other, as long as they are to blame.
std::set<std::int64_t> blamed()
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

} // namespace

BOOST_AUTO_TEST_SUITE(merge_pairs_within_a_request)

BOOST_AUTO_TEST_CASE(when_both_branches_pass)
{
    check_merged(pass("left"), [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_filters)
{
    check_merged(filter_most, [](std::int64_t n) { return n % 3 == 0; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_drops_everything)
{
    check_merged(drop_all, [](std::int64_t) { return false; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_turns_requests_round)
{
    check_merged(turn_round, [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_is_slower)
{
    check_merged(dawdle, [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down)
{
    check_merged(
        break_down, [](std::int64_t n) { return !breaks(n); }, count(breaks));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down_over_a_request)
{
    const std::set<std::int64_t> gone = blamed();
    check_merged(
        break_down_over_a_request, [&](std::int64_t n) { return !gone.contains(n); }, gone.size());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(collate_alternates_within_a_request)

BOOST_AUTO_TEST_CASE(when_both_branches_pass)
{
    check_collated(pass("left"), sum([](std::int64_t) { return 1; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_filters)
{
    check_collated(filter_most, sum([](std::int64_t n) { return n % 3 == 0 ? 1 : 0; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_drops_everything)
{
    check_collated(drop_all, sum([](std::int64_t) { return 0; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_multiplies)
{
    check_collated(multiply,
                   sum([](std::int64_t n) { return 1 + static_cast<std::size_t>(n % 3); }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_is_slower)
{
    check_collated(dawdle, sum([](std::int64_t) { return 1; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down)
{
    check_collated(break_down, sum([](std::int64_t n) { return breaks(n) ? 0 : 1; }),
                   count(breaks));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down_over_a_request)
{
    const std::set<std::int64_t> gone = blamed();
    check_collated(break_down_over_a_request,
                   sum([&](std::int64_t n) { return gone.contains(n) ? 0 : 1; }), gone.size());
}

BOOST_AUTO_TEST_SUITE_END()
