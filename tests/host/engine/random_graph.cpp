// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/random_graph.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

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
                               act::join};
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
    if (keeps_packets(made.does))
        made.waits = receiving::until;
    if (made.does == act::window_raise)
        made.attempts = 1; // all that it keeps would be tried again with the one that throws
    // Of a batch those would come again whose children were sent.
    if (made.does == act::raise_after_send)
        made.waits = roll.one_in(2) ? receiving::one : receiving::until;
    // Of a batch in hand those whose children were sent come again too, and would send others.
    const bool sends_children_of_batch =
        makes_more(made) && (made.waits == receiving::some || made.waits == receiving::requests);
    if (!sends_children_of_batch)
        made.away = any_outage(roll);
    return made;
}

bool tries_again(const random_node& node)
{
    return node.attempts > 1;
}

// A batch sends packets of several requests before their ends, a window behind them.
bool mixes_requests(const random_node& node)
{
    return keeps_packets(node.does) || node.does == act::publish ||
           (node.waits == receiving::some && node.does != act::join);
}

// Tells of each node whether it, or one before it, is such a one.
std::vector<bool> at_or_behind(const random_graph& graph, bool (*is_such)(const random_node&))
{
    std::vector<bool> found(graph.nodes.size(), false);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        found[i] = is_such(graph.nodes[i]) ||
                   std::ranges::any_of(graph.edges, [&](const random_edge& each)
                                       { return each.to == i && found[each.from]; });
    return found;
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
void wire(random_graph& graph, dice& roll, std::size_t to, std::size_t port,
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
        graph.edges.push_back({from, of_error, to, port, any_capacity(roll)});
    }
}

std::string_view name_of(act what)
{
    constexpr std::array<std::string_view, 17> names{"adapt",
                                                     "pass",
                                                     "drop",
                                                     "fail",
                                                     "raise",
                                                     "expand",
                                                     "raise_after_send",
                                                     "block",
                                                     "copy",
                                                     "window",
                                                     "window_raise",
                                                     "group",
                                                     "join",
                                                     "deliver",
                                                     "deliver_or_fail",
                                                     "deliver_or_raise",
                                                     "publish"};
    return names[static_cast<std::size_t>(what)];
}

std::string_view name_of(receiving how)
{
    constexpr std::array<std::string_view, 4> names{"one", "until", "some", "requests"};
    return names[static_cast<std::size_t>(how)];
}

std::string_view name_of(happening what)
{
    constexpr std::array<std::string_view, 4> names{"redeploy", "redeploy short", "restart",
                                                    "restart short"};
    return names[static_cast<std::size_t>(what)];
}

// Tells whether requests still end before the nodes that join the packets of each.
bool is_sound(const random_graph& graph)
{
    const std::vector<bool> keeps = keep_request_order(graph);
    return std::ranges::all_of(graph.edges, [&](const random_edge& each)
                               { return !joins(graph.nodes[each.to].does) || keeps[each.from]; });
}

// Without a node and all its edges; nothing if another needs one of them.
bool remove_node(random_graph& graph, std::size_t node)
{
    std::erase_if(graph.edges,
                  [&](const random_edge& each) { return each.from == node || each.to == node; });
    graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(node));
    for (random_edge& each : graph.edges)
    {
        each.from -= each.from > node ? 1 : 0;
        each.to -= each.to > node ? 1 : 0;
    }
    for (std::size_t i = 1; i < graph.nodes.size(); ++i)
        for (std::size_t port = 0; port < (graph.nodes[i].does == act::join ? 2U : 1U); ++port)
            if (std::ranges::none_of(graph.edges, [&](const random_edge& each)
                                     { return each.to == i && each.port == port; }))
                return false;
    return graph.nodes.size() > 1;
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

std::vector<bool> keep_request_order(const random_graph& graph)
{
    // Those of one key wait behind one that is tried again.
    const bool may_overtake = graph.keys != 1;
    const std::vector<bool> late = at_or_behind(graph, tries_again);
    const std::vector<bool> mixed_up = at_or_behind(graph, mixes_requests);
    std::vector<bool> keeps(graph.nodes.size());
    for (std::size_t i = 0; i < keeps.size(); ++i)
        keeps[i] = !(may_overtake && late[i]) && !mixed_up[i];
    return keeps;
}

// Where requests are mixed up, ways of different length may lead to one node.
std::vector<bool> keep_key_order(const random_graph& graph)
{
    std::vector<bool> keeps = keep_request_order(graph);
    for (std::size_t i = 1; i < keeps.size(); ++i)
    {
        const auto leads_here = [i](const random_edge& each) { return each.to == i; };
        const auto first = std::ranges::find_if(graph.edges, leads_here);
        keeps[i] = keeps[i] || (graph.nodes[i].does != act::publish && keeps[first->from] &&
                                std::ranges::count_if(graph.edges, leads_here) == 1);
    }
    return keeps;
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
        wire(made, roll, i, 0, joins(does) ? orderly : before);
        if (does == act::join)
            wire(made, roll, i, 1, orderly);
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

std::vector<random_graph> simpler_graphs(const random_graph& than)
{
    std::vector<random_graph> all;
    const auto add = [&](auto change)
    {
        random_graph next = than;
        if (change(next) && is_sound(next))
            all.push_back(std::move(next));
    };
    for (std::size_t i = 0; i < than.requests.size() && than.requests.size() > 1; ++i)
        add(
            [&](random_graph& next)
            {
                next.requests.erase(next.requests.begin() + static_cast<std::ptrdiff_t>(i));
                return true;
            });
    for (std::size_t i = than.nodes.size(); --i > 0;)
        add([&](random_graph& next) { return remove_node(next, i); });
    for (std::size_t i = 0; i < than.edges.size(); ++i)
        add(
            [&](random_graph& next)
            {
                const random_edge gone = next.edges[i];
                next.edges.erase(next.edges.begin() + static_cast<std::ptrdiff_t>(i));
                return std::ranges::any_of(next.edges,
                                           [&](const random_edge& each) {
                                               return each.to == gone.to && each.port == gone.port;
                                           });
            });
    for (std::size_t i = 0; i < than.events.size(); ++i)
    {
        add(
            [&](random_graph& next)
            {
                next.events.erase(next.events.begin() + static_cast<std::ptrdiff_t>(i));
                return true;
            });
        if (than.events[i].received != 0)
            add([&](random_graph& next) { return next.events[i].received = 0, true; });
    }
    if (than.most_pending < than.requests.size())
        add([&](random_graph& next) { return next.most_pending = 1000, true; });
    if (than.lanes != 1)
        add([](random_graph& next) { return next.lanes = 1, true; });
    for (std::size_t i = 0; i < than.requests.size(); ++i)
    {
        if (than.requests[i].packets > 1)
            for (const std::size_t packets :
                 {than.requests[i].packets / 2, than.requests[i].packets - 1})
                add([&](random_graph& next) { return next.requests[i].packets = packets, true; });
        if (than.requests[i].key > 1)
            add([&](random_graph& next) { return next.requests[i].key = 1, true; });
        if (than.requests[i].durable)
            add([&](random_graph& next) { return next.requests[i].durable = false, true; });
    }
    if (than.keys != 0)
        add(
            [](random_graph& next)
            {
                next.keys = 0;
                for (random_request& each : next.requests)
                    each.key = 0;
                return true;
            });
    for (std::size_t i = 0; i < than.nodes.size(); ++i)
        if (than.nodes[i].away.every != 0)
            add([&](random_graph& next) { return next.nodes[i].away = {}, true; });
    for (std::size_t i = 1; i < than.nodes.size(); ++i)
    {
        const random_node& node = than.nodes[i];
        const act plain = is_publisher(node.does) ? act::deliver : act::pass;
        if (node.does != act::join && node.does != plain)
            add([&](random_graph& next)
                { return next.nodes[i].does = plain, next.nodes[i].attempts = 1, true; });
        if (node.waits != receiving::one && !keeps_packets(node.does) && !joins(node.does))
            add([&](random_graph& next) { return next.nodes[i].waits = receiving::one, true; });
    }
    for (std::size_t i = 0; i < than.edges.size(); ++i)
        if (than.edges[i].capacity != 256)
            add([&](random_graph& next) { return next.edges[i].capacity = 256, true; });
    return all;
}

std::string to_numbers(const random_node& node)
{
    std::ostringstream out;
    out << static_cast<int>(node.does) << ' ' << static_cast<int>(node.waits) << ' ' << node.salt
        << ' ' << node.every << ' ' << node.attempts << ' ' << node.away.every << ' '
        << node.away.asks;
    return out.str();
}

random_node from_numbers(const std::string& text)
{
    std::istringstream in(text);
    int does = 0;
    int waits = 0;
    random_node made;
    in >> does >> waits >> made.salt >> made.every >> made.attempts >> made.away.every >>
        made.away.asks;
    if (!in)
        throw std::invalid_argument(text + ": is no random node");
    made.does = static_cast<act>(does);
    made.waits = static_cast<receiving>(waits);
    return made;
}

std::string to_text(const random_graph& graph)
{
    std::ostringstream out;
    out << "lanes " << graph.lanes << ", keys " << graph.keys << ", pending at most "
        << graph.most_pending << '\n';
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        out << "node n" << i << ' ' << name_of(each.does) << ", receives " << name_of(each.waits)
            << ", one in " << each.every << ", salt " << each.salt << ", attempts "
            << each.attempts;
        if (each.away.every != 0)
            out << ", away at " << each.away.asks << " asks after " << each.away.every;
        out << '\n';
    }
    for (const random_edge& each : graph.edges)
        out << "edge n" << each.from << (each.of_error ? ".error" : ".out") << " > n" << each.to
            << (each.port == 0 ? ".in" : ".in2") << ", capacity " << each.capacity << '\n';
    for (const random_request& each : graph.requests)
        out << "request of " << each.packets << " packets, key " << each.key
            << (each.durable ? ", durable" : "") << '\n';
    for (const random_event& each : graph.events)
        out << name_of(each.what) << " before request " << each.before << " when " << each.received
            << " packets were received\n";
    return out.str();
}

} // namespace penstock::host::tests
