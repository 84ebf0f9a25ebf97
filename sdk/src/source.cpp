// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/source.hpp>

#include "attempt.hpp"
#include "moved_from.hpp"

#include <penstock/detail/destruction.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <utility>

namespace penstock
{

namespace
{

// Runs an author's code; returns whether it found the upstream. The handler ends before anything
// suspends.
template <class Work>
bool reach(Work&& work)
{
    std::optional<unavailable> lost;
    try
    {
        work();
        return true;
    }
    catch (const unavailable& error)
    {
        lost = error;
    }
    detail::current()->away(lost->what(), lost->retry_after());
    return false;
}

} // namespace

/// How far a source has come.
struct source::reading
{
    struct emitted_packet
    {
        json::value position;
        packet content;
        output* to;
        bool is_refused; // then it is sent to no output
        std::string refusal;
    };

    struct packet_in_flight
    {
        json::value position;
        const output* to;
        bool has_ended;
    };

    struct known_packet
    {
        json::value position;
        const output* to;

        friend bool operator==(const known_packet&, const known_packet&) = default;
    };

    struct hash_of_known
    {
        std::size_t operator()(const known_packet& of) const noexcept
        {
            return std::hash<json::value>()(of.position) ^ std::hash<const output*>()(of.to);
        }
    };

    // An upstream that was away gives again what was not acknowledged when it is connected with.
    void expect_known()
    {
        known.clear();
        for (const packet_in_flight& each : in_flight)
            known.insert({each.position, each.to});
        for (const emitted_packet& each : emitted)
            known.insert({each.position, each.to});
    }

    bool take_known(const known_packet& what)
    {
        if (known.empty())
            return false;
        const auto found = known.find(what);
        if (found == known.end())
            return false;
        known.erase(found);
        return true;
    }

    [[nodiscard]] static bool settle(emitted_packet& each, std::uint64_t number);
    [[nodiscard]] static bool admit(emitted_packet& each, std::uint64_t number);

    reading(source& of, const source_limits& fallback)
        : out(of, "out", "What was read."),
          most_in_flight(of, "in_flight", fallback.in_flight,
                         "The most packets that were read and are not acknowledged yet.",
                         range{1, 1'000'000}),
          idle(fallback.idle)
    {
    }

    output out;
    parameter<std::uint32_t> most_in_flight;
    const std::chrono::milliseconds idle;
    bool is_connected = false;
    std::deque<emitted_packet> emitted;     // by the read() at hand
    std::deque<packet_in_flight> in_flight; // in order
    std::uint64_t first = 0;                // the number of the first of them

    // At the last connect(), and not emitted again since. Where the upstream gives none of them
    // again, each packet is looked up in all of them.
    std::unordered_multiset<known_packet, hash_of_known> known;
};

// Whether the graph had room: for the packet, or for the dead letter of one that is refused.
bool source::reading::settle(emitted_packet& each, std::uint64_t number)
{
    if (!each.is_refused && !admit(each, number))
        return false;
    return !each.is_refused ||
           detail::current()->refuse(each.content, each.position, each.refusal, number);
}

// What the graph can never take is to be refused.
bool source::reading::admit(emitted_packet& each, std::uint64_t number)
{
    try
    {
        return detail::current()->admit(*each.to, each.content, each.position, number);
    }
    catch (const std::length_error& error)
    {
        each.content.clear_data();
        each.refusal = error.what();
        each.is_refused = true;
        return true;
    }
}

source::source(source_limits fallback) : reading_(std::make_unique<reading>(*this, fallback))
{
    detail::component_access::members(*this).acknowledges = true;
}

source::~source() = default;

void source::acknowledge(const std::vector<json::value>&) {}

void source::emit(json::value position, packet&& made)
{
    emit(std::move(position), std::move(made), reading_->out);
}

void source::emit(json::value position, packet&& made, output& to)
{
    if (detail::is_late("emit: called"))
        return;
    detail::refuse_moved_from(made, "emit");
    if (!reading_->take_known({position, &to}))
        reading_->emitted.push_back({std::move(position), std::move(made), &to, false, {}});
}

void source::refuse(json::value position, packet&& content, std::string why)
{
    if (detail::is_late("refuse: called"))
        return;
    detail::refuse_moved_from(content, "refuse");
    if (!reading_->take_known({position, nullptr}))
        reading_->emitted.push_back(
            {std::move(position), std::move(content), nullptr, true, std::move(why)});
}

void source::run()
{
    using clock = std::chrono::steady_clock;
    bool is_idle = false;
    for (bool has_more = true; has_more;)
    {
        if (!wait({.until = is_idle ? clock::now() + reading_->idle : clock::now()}))
            break;
        is_idle = false;
        if (!reading_->is_connected)
            continue;
        reading_->is_connected = reach([&] { has_more = read(); });
        is_idle = reading_->is_connected && reading_->emitted.empty();
        if (!send_emitted())
            break;
    }
    reading_->emitted.clear(); // what was not sent comes again
    while (!reading_->in_flight.empty())
        (void)wait({.to_the_end = true});
}

// Whether the graph took all of them.
bool source::send_emitted()
{
    for (; !reading_->emitted.empty(); reading_->emitted.pop_front())
    {
        reading::emitted_packet& each = reading_->emitted.front();
        while (reading_->in_flight.size() >= *reading_->most_in_flight)
            if (!wait({}))
                return false;
        const std::uint64_t number = reading_->first + reading_->in_flight.size();
        while (!reading::settle(each, number))
            if (!wait({.for_room = true}))
                return false;
        reading_->in_flight.push_back({std::move(each.position), each.to, false});
    }
    return true;
}

// Also until the upstream may be back, and connects with it then. Returns whether the graph still
// takes in.
bool source::wait(const detail::source_wait& what)
{
    std::vector<std::uint64_t> ended;
    const bool goes_on = detail::current()->await_ends(ended, what);
    for (const std::uint64_t number : ended)
        reading_->in_flight[number - reading_->first].has_ended = true;
    if (!goes_on && reading_->in_flight.empty())
        return false;
    reading_->is_connected = reading_->is_connected || reach([this] { connect_or_throw(); });
    if (reading_->is_connected)
        acknowledge_ended();
    return goes_on;
}

// Whatever connect() throws, the upstream is away.
void source::connect_or_throw()
{
    if (const auto failed = detail::attempt([this] { connect(); }))
        throw unavailable(failed->reason,
                          failed->retry_after.value_or(std::chrono::milliseconds(0)));
    reading_->expect_known();
}

void source::acknowledge_ended()
{
    const auto end =
        std::ranges::find(reading_->in_flight, false, &reading::packet_in_flight::has_ended);
    if (end == reading_->in_flight.begin())
        return;
    std::vector<json::value> positions;
    std::transform(reading_->in_flight.begin(), end, std::back_inserter(positions),
                   [](const reading::packet_in_flight& each) { return each.position; });
    reading_->is_connected = reach([&] { acknowledge(positions); });
    if (!reading_->is_connected)
        return;
    detail::current()->acknowledged(positions);
    reading_->first += positions.size();
    reading_->in_flight.erase(reading_->in_flight.begin(), end);
}

} // namespace penstock
