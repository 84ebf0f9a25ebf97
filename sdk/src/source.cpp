// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/source.hpp>

#include "attempt.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace penstock
{

namespace
{

// Runs an author's code; tells whether it found the upstream. The handler ends before anything suspends.
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

source::source(source_limits fallback)
    : most_in_flight_(*this, "in_flight", fallback.in_flight,
                      "The most packets that were read and are not acknowledged yet.",
                      range{1, 1'000'000}),
      limits_(fallback)
{
    detail::component_access::members(*this).acknowledges = true;
}

source::~source() = default;

void source::acknowledge(const std::vector<json::value>&) {}

void source::emit(json::value position, packet&& made)
{
    emit(std::move(position), std::move(made), out_);
}

void source::emit(json::value position, packet&& made, output& to)
{
    emitted_.push_back({std::move(position), std::move(made), &to});
}

void source::run()
{
    using clock = std::chrono::steady_clock;
    bool is_idle = false;
    for (bool has_more = true; has_more;)
    {
        if (!wait({.until = is_idle ? clock::now() + limits_.idle : clock::now()}))
            break;
        is_idle = false;
        if (!connected_)
            continue;
        connected_ = reach([&] { has_more = read(); });
        is_idle = connected_ && emitted_.empty();
        if (!send_emitted())
            break;
    }
    emitted_.clear(); // what was not sent comes again
    while (!in_flight_.empty())
        (void)wait({.to_the_end = true});
}

// Tells whether the graph took all of them.
bool source::send_emitted()
{
    for (emitted& each : emitted_)
    {
        while (in_flight_.size() >= *most_in_flight_)
            if (!wait({}))
                return false;
        while (!detail::current()->admit(*each.to, each.content, each.position,
                                         first_ + in_flight_.size()))
            if (!wait({.for_room = true}))
                return false;
        in_flight_.push_back({std::move(each.position), false});
    }
    emitted_.clear();
    return true;
}

// Also until the upstream may be back, and connects with it then. Tells whether the graph still takes in.
bool source::wait(const detail::source_wait& what)
{
    std::vector<std::uint64_t> ended;
    const bool goes_on = detail::current()->await_ends(ended, what);
    for (const std::uint64_t number : ended)
        in_flight_[number - first_].has_ended = true;
    if (!goes_on && in_flight_.empty())
        return false;
    connected_ = connected_ || reach([this] { connect_or_throw(); });
    if (connected_)
        acknowledge_ended();
    return goes_on;
}

// Whatever connect() throws, the upstream is away.
void source::connect_or_throw()
{
    if (const auto failed = detail::attempt([this] { connect(); }))
        throw unavailable(failed->reason,
                          failed->retry_after.value_or(std::chrono::milliseconds(0)));
}

void source::acknowledge_ended()
{
    const auto end = std::ranges::find(in_flight_, false, &in_flight::has_ended);
    if (end == in_flight_.begin())
        return;
    std::vector<json::value> positions;
    std::transform(in_flight_.begin(), end, std::back_inserter(positions),
                   [](const in_flight& each) { return each.position; });
    connected_ = reach([&] { acknowledge(positions); });
    if (!connected_)
        return;
    detail::current()->acknowledged(positions);
    first_ += positions.size();
    in_flight_.erase(in_flight_.begin(), end);
}

} // namespace penstock
