// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_graph.hpp"

#include "tests/host/engine/graphs/random_graph_order.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <random>

namespace penstock::host::tests
{

namespace
{

constexpr std::size_t most_nodes = 12;
constexpr std::size_t most_requests = 8;
constexpr std::size_t most_packets_at_a_node = 2000;

class dice
{
public:
    explicit dice(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
    bool one_in(std::size_t count) { return below(count) == 0; }

    template <class T, std::size_t N>
    T any_of(const std::array<T, N>& choices)
    {
        return choices[below(N)];
    }

    std::uint64_t salt() { return random_(); }

private:
    std::mt19937_64 random_;
};

std::size_t any_capacity(dice& roll)
{
    constexpr std::array<std::size_t, 12> common{1, 1, 2, 2, 3, 4, 5, 8, 16, 64, 256, 512};
    return roll.one_in(4) ? 1 + roll.below(512) : roll.any_of(common);
}

bool makes_more(const random_node& node)
{
    return node.does == act::expand || node.does == act::copy;
}

random_outage any_outage(dice& roll)
{
    if (!roll.one_in(6))
        return {};
    constexpr std::array<std::uint64_t, 4> every{10, 50, 200, 500};
    return {.every = roll.any_of(every), .asks = 1 + roll.below(3)};
}

random_node any_node(dice& roll, bool publisher, bool may_join)
{
    constexpr std::array inner{act::pass,
                               act::drop,
                               act::fail,
                               act::raise,
                               act::raise,
                               act::expand,
                               act::raise_after_send,
                               act::block,
                               act::copy,
                               act::window,
                               act::window_raise,
                               act::group,
                               act::join,
                               act::join,
                               act::join_back,
                               act::zip,
                               act::poll};
    constexpr std::array last{act::deliver, act::deliver_or_fail, act::deliver_or_raise,
                              act::publish};
    random_node made;
    do
        made.does = publisher ? roll.any_of(last) : roll.any_of(inner);
    while ((made.does == act::join || made.does == act::group) && !may_join);
    constexpr std::array ways{receiving::one, receiving::until, receiving::some,
                              receiving::requests};
    made.waits = roll.any_of(ways);
    made.salt = roll.salt();
    made.every = 1 + roll.below(20);
    // Each try of one that sends before it throws would send another.
    if ((raises(made.does) || made.does == act::publish) && made.does != act::raise_after_send)
        made.attempts = static_cast<std::uint16_t>(1 + roll.below(3));
    if (made.does == act::group)
        made.waits = receiving::requests;
    if (has_two_inputs(made.does))
        made.waits = receiving::one; // in ways of their own
    if (keeps_packets(made.does))
        made.waits = receiving::until;
    if (made.does == act::window_raise)
        made.attempts = 1; // all that it keeps would be tried again with the one that throws
    // Of a batch those would come again whose children were sent.
    if (made.does == act::raise_after_send)
        made.waits = roll.one_in(2) ? receiving::one : receiving::until;
    // Of a batch in hand those whose children were sent come again too, and would send others.
    const bool sends_children_of_batch =
        (makes_more(made) || made.does == act::join_back) &&
        (made.waits == receiving::some || made.waits == receiving::requests);
    if (!sends_children_of_batch)
        made.away = any_outage(roll);
    return made;
}

// How many packets may be at a node at most.
std::size_t most_at_a_node(const random_graph& graph, std::size_t packets)
{
    std::vector<std::size_t> at(graph.nodes.size(), 0);
    at[0] = packets;
    for (const random_edge& each : graph.edges) // sorted by where they lead to
        at[each.to] += at[each.from] * (makes_more(graph.nodes[each.from]) ? 3 : 1);
    return *std::ranges::max_element(at);
}

void add_events(random_graph& graph, dice& roll)
{
    if (!roll.one_in(2))
        return;
    constexpr std::array kinds{happening::redeploy, happening::redeploy_short, happening::restart,
                               happening::restart_short};
    std::size_t packets = 0;
    for (const random_request& each : graph.requests)
        packets += each.packets;
    std::size_t before = 0;
    std::uint64_t received = 0;
    for (std::size_t count = 1 + roll.below(5); count != 0; --count)
    {
        before += roll.below(graph.requests.size() + 1 - before);
        received += roll.one_in(3) ? 0 : roll.below(packets * graph.nodes.size());
        graph.events.push_back(
            {.what = roll.any_of(kinds), .before = before, .received = received});
    }
}

// Wires an input to some of the nodes before it, among them those that may fail.
void edge(random_graph& graph, dice& roll, std::size_t to, std::size_t port,
          const std::vector<std::size_t>& before)
{
    std::vector<std::size_t> producers;
    std::ranges::copy_if(before, std::back_inserter(producers),
                         [&](std::size_t each) { return !is_publisher(graph.nodes[each].does); });
    const std::size_t count = 1 + (roll.one_in(3) ? roll.below(3) : 0);
    for (std::size_t i = 0; i < count; ++i)
    {
        // Near ones make long graphs, far ones forks.
        std::size_t from =
            roll.one_in(2) ? producers.back() : producers[roll.below(producers.size())];
        const bool of_error = before.size() > 1 && roll.one_in(5);
        if (of_error)
            from = before[1 + roll.below(before.size() - 1)]; // the adapter never fails
        const std::size_t capacity = any_capacity(roll);
        const bool is_there = std::ranges::any_of(graph.edges,
                                                  [&](const random_edge& each) {
                                                      return each.from == from &&
                                                             each.of_error == of_error &&
                                                             each.to == to && each.port == port;
                                                  });
        if (!is_there) // each edge once, as a graph file has it
            graph.edges.push_back({from, of_error, to, port, capacity});
    }
}

// Wires both inputs of a zip to one output, perhaps with another node before the second.
void edges_of_zip(random_graph& graph, dice& roll, std::size_t to)
{
    std::vector<std::size_t> producers;
    for (std::size_t i = 0; i < to; ++i)
        if (!is_publisher(graph.nodes[i].does))
            producers.push_back(i);
    const random_edge left{
        .from = producers[roll.below(producers.size())], .to = to, .capacity = any_capacity(roll)};
    graph.edges.push_back(left);
    random_edge right = left;
    right.port = 1;
    right.capacity = any_capacity(roll);
    std::vector<std::size_t> others;
    for (std::size_t i = 1; i < to; ++i)
    {
        const auto leads_here = [&](const random_edge& each) { return each.to == i; };
        const auto only = std::ranges::find_if(graph.edges, leads_here);
        if (passes_all_on(graph.nodes[i]) && only->from == left.from && !only->of_error &&
            std::ranges::count_if(graph.edges, leads_here) == 1)
            others.push_back(i);
    }
    if (!others.empty() && !roll.one_in(4))
        right.from = others[roll.below(others.size())];
    graph.edges.push_back(right);
}

} // namespace

std::uint64_t mixed(std::uint64_t one, std::uint64_t other) noexcept
{
    // The finalizer of SplitMix64 (Steele, Lea, Flood, 2014).
    std::uint64_t all = one * 0x9e3779b97f4a7c15U + other;
    all = (all ^ (all >> 30U)) * 0xbf58476d1ce4e5b9U;
    all = (all ^ (all >> 27U)) * 0x94d049bb133111ebU;
    return all ^ (all >> 31U);
}

bool works_twice(const random_graph& graph)
{
    // A version that waits for what is away ends at once.
    const bool may_be_away = std::ranges::any_of(graph.nodes, [](const random_node& each)
                                                 { return each.away.every != 0; });
    return std::ranges::any_of(graph.events,
                               [&](const random_event& each)
                               {
                                   return each.what == happening::redeploy_short ||
                                          each.what == happening::restart_short ||
                                          (may_be_away && each.what == happening::redeploy);
                               });
}

random_graph make_random_graph(std::uint64_t seed)
{
    dice roll(seed);
    random_graph made;
    constexpr std::array<std::size_t, 3> lanes{1, 2, 4};
    constexpr std::array<std::size_t, 4> keys{0, 0, 1, 3};
    made.lanes = roll.any_of(lanes);
    made.keys = roll.any_of(keys);
    random_node adapter;
    adapter.does = act::adapt;
    adapter.salt = roll.salt();
    adapter.away = any_outage(roll);
    made.nodes.push_back(adapter);
    const std::size_t count = 2 + roll.below(most_nodes - 2);
    for (std::size_t i = 1; i < count; ++i)
    {
        const bool is_last = i + 1 == count;
        std::vector<std::size_t> before(i), orderly;
        std::iota(before.begin(), before.end(), 0);
        const std::vector<bool> keeps = keep_request_order(made);
        std::ranges::copy_if(before, std::back_inserter(orderly),
                             [&](std::size_t each) { return keeps[each]; });
        made.nodes.push_back(any_node(roll, is_last || roll.one_in(4), true));
        const act does = made.nodes.back().does;
        if (does == act::zip)
        {
            edges_of_zip(made, roll, i);
            continue;
        }
        edge(made, roll, i, 0, joins(does) ? orderly : before);
        if (has_two_inputs(does))
            edge(made, roll, i, 1, joins(does) ? orderly : before);
    }
    const std::size_t levels = roll.below(3);
    constexpr std::array<std::size_t, 8> sizes{1, 2, 5, 16, 64, 255, 512, 1000};
    std::size_t most = roll.one_in(3) ? 1 + roll.below(1000) : roll.any_of(sizes);
    while (most > 1 && most_at_a_node(made, most) > most_packets_at_a_node)
        most /= 2;
    const std::size_t requests = 1 + roll.below(most_requests);
    for (std::size_t i = 0; i < requests; ++i)
        made.requests.push_back({.packets = roll.one_in(2) ? most : 1 + roll.below(most),
                                 .key = made.keys == 0 ? 0 : 1 + roll.below(made.keys),
                                 .durable = levels == 2 ? roll.one_in(2) : levels == 1});
    add_events(made, roll);
    if (roll.one_in(4))
        made.most_pending = 1 + roll.below(4);
    return made;
}

} // namespace penstock::host::tests
