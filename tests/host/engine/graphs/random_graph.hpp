// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock::host::tests
{

/// What a node of a random graph does with each packet.
enum class act
{
    adapt,            ///< makes as many packets as its request wants
    pass,             ///< sends it on
    drop,             ///< sends it on, or drops it if it is chosen
    fail,             ///< sends it on, or fails it if it is chosen
    raise,            ///< sends it on, or throws if it is chosen
    expand,           ///< sends one to three made from it
    raise_after_send, ///< sends one made from it, then throws if it is chosen
    block,            ///< sends it on, after blocking work if it is chosen
    copy,             ///< sends one to three copies of it
    window,           ///< keeps packets of any requests for a while and sends them together
    window_raise,     ///< the same, but throws at a chosen one while it keeps others
    join_back,        ///< sends it on, or, if it is chosen, joins a child back; see joined_back
    zip,              ///< joins each packet at one input with the next at the other
    poll,             ///< sends on what it finds at two inputs, where it asks in turn
    group,            ///< joins the packets of a request by threes
    join,    ///< pairs the packets of a request at two inputs, and sends the rest one by one
    deliver, ///< a publisher
    deliver_or_fail,
    deliver_or_raise,
    publish ///< in batches, each chosen item with an end of its own
};

/// How it waits for packets.
enum class receiving
{
    one,      ///< receive()
    until,    ///< receive_until()
    some,     ///< receive_some()
    requests, ///< receive_request()
};

/// When what a node works with is away: at so many asks after each `every` of them.
struct random_outage
{
    std::uint64_t every = 0; ///< 0: never
    std::uint64_t asks = 1;
};

struct random_node
{
    act does = act::pass;
    receiving waits = receiving::one;
    std::uint64_t salt = 0;
    std::uint64_t every = 2;    ///< one of so many packets is chosen
    std::uint16_t attempts = 1; ///< of those who throw
    random_outage away;
};

struct random_edge
{
    std::size_t from = 0;
    bool of_error = false;
    std::size_t to = 0;
    std::size_t port = 0;
    std::size_t capacity = 256;
};

struct random_request
{
    std::size_t packets = 1;
    std::size_t key = 0; ///< from 1 on; 0: none
    bool durable = false;
};

/// What happens to a graph while it works.
enum class happening
{
    redeploy,       ///< a new version, the old one drains
    redeploy_short, ///< a new version, the old one has no time to drain
    restart,        ///< stop, which drains, and a new version
    restart_short   ///< stop at once, and a new version
};

struct random_event
{
    happening what = happening::redeploy;
    std::size_t before = 0;     ///< which request
    std::uint64_t received = 0; ///< waits until all nodes have received so many packets in all
};

/// A graph, its nodes in topological order, and what is sent to it.
struct random_graph
{
    std::size_t lanes = 1;
    std::size_t keys = 0; ///< of the requests; 0: they have none
    std::vector<random_node> nodes;
    std::vector<random_edge> edges;
    std::vector<random_request> requests;
    std::vector<random_event> events; ///< in order
    std::size_t most_pending = 1000;  ///< requests that the host takes in before others have ended
};

/// Makes the graph of a seed; always the same.
[[nodiscard]] random_graph make_random_graph(std::uint64_t seed);

/// Returns whether requests may be worked on more than once, because a version ends before they do.
[[nodiscard]] bool works_twice(const random_graph& graph);

[[nodiscard]] constexpr bool is_publisher(act what) noexcept
{
    return what >= act::deliver;
}
[[nodiscard]] constexpr bool raises(act what) noexcept
{
    return what == act::raise || what == act::raise_after_send || what == act::window_raise ||
           what == act::deliver_or_raise;
}
[[nodiscard]] constexpr bool joins(act what) noexcept
{
    return what == act::group || what == act::join;
}
[[nodiscard]] constexpr bool keeps_packets(act what) noexcept
{
    return what == act::window || what == act::window_raise;
}

[[nodiscard]] constexpr bool has_two_inputs(act what) noexcept
{
    return what == act::join || what == act::zip || what == act::poll;
}

/// How many packets `act::group` makes one of.
inline constexpr std::size_t packets_of_a_group = 3;

// Decisions that components and the model make alike, from the value of a packet.

[[nodiscard]] std::uint64_t mixed(std::uint64_t one, std::uint64_t other) noexcept;
[[nodiscard]] inline bool is_chosen(const random_node& at, std::uint64_t value) noexcept
{
    return mixed(value, at.salt) % at.every == 0;
}

/// What a node of `act::publish` does with a chosen item.
enum class chosen_end
{
    fail,
    drop,
    retry,
    raise
};
[[nodiscard]] inline chosen_end chosen_end_of(const random_node& at, std::uint64_t value) noexcept
{
    // A single attempt is the last: what throws would take its whole batch along.
    return static_cast<chosen_end>(mixed(value, at.salt + 3) % (at.attempts == 1 ? 3 : 4));
}

/// What a node of `act::join_back` does with a chosen packet, once it has derived a child.
enum class joined_back
{
    let_go,   ///< joins it back, and says nothing of the packet
    dropped,  ///< the same, and drops the packet
    swapped,  ///< joins the packet to the child, and drops that
    replaced, ///< joins it back, and sends another child
};
[[nodiscard]] inline joined_back joined_back_of(const random_node& at, std::uint64_t value) noexcept
{
    return static_cast<joined_back>(mixed(value, at.salt + 4) % 4);
}

/// Returns whether a chosen packet throws at every try, and not at all but the last.
[[nodiscard]] inline bool raises_always(const random_node& at, std::uint64_t value) noexcept
{
    return at.attempts == 1 || mixed(value, at.salt + 1) % 2 == 0;
}
[[nodiscard]] inline std::size_t children_of(const random_node& at, std::uint64_t value) noexcept
{
    return 1 + static_cast<std::size_t>(mixed(value, at.salt + 2) % 3);
}

} // namespace penstock::host::tests
