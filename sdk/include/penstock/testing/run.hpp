// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::testing
{

/// The outcome of a test run; it owns the packets. [one thread]
struct result
{
    /// The packets sent, by output port, in order; each output has a list, if only an empty one.
    std::map<std::string, std::vector<packet>, std::less<>> sent;

    /// The packets given to deliver().
    std::vector<packet> delivered;

    /// The packets given to drop().
    std::vector<packet> dropped;

    /// The packets that failed, with their reasons: what a graph would send to the node's `error`
    /// port or to the dead letters. Those given to fail(); those given to retry(), which has one
    /// attempt here; those that `process` or `keep` threw for; and those let go without a verb.
    /// They stay as they are, without the meta of that port.
    std::vector<std::pair<packet, std::string>> failed;

    /// The positions that a source has acknowledged, in order.
    std::vector<json::value> acknowledged;

    /// What a component's state was saved as last; null if it was not.
    json::value state;

    /// The packets given to reply().
    std::vector<packet> replies;

    /// The texts given to log().
    std::vector<std::string> log;

    /// The component's metrics by name: of a counter its number, of a gauge its value, of a
    /// histogram how many values there were.
    std::map<std::string, double, std::less<>> metrics;

    /// How long the run took on its own clock, which only waits and packets at given times move on.
    std::chrono::nanoseconds elapsed{0};

    /// How many new instances took over from one whose `run()` threw.
    std::size_t restarts = 0;

    /// The packets sent to `out`.
    [[nodiscard]] std::vector<packet>& out() { return sent["out"]; }
};

/// A data directory for the runs on this thread while it lives: data_directory() is its path, and a
/// component's state begins with `state`, where save() puts it; all packets have one key. Without
/// one, a state begins anew in each run, and data_directory() throws.
class PENSTOCK_EXPORT data_directory
{
public:
    /// Begins on this thread; `path` is a folder that exists, or empty.
    explicit data_directory(std::string path = {});
    data_directory(const data_directory&) = delete;
    data_directory& operator=(const data_directory&) = delete;
    /// Ends it; the folder stays. [the thread that made it]
    ~data_directory();

    const std::string path;           ///< which is there; empty: none
    std::optional<json::value> state; ///< none: nothing was saved

private:
    data_directory* const before_;
};

/// The packets to feed, by input port; each list is one request and its end closes the port. An
/// optional input that is not named is not wired.
using inputs = std::map<std::string, std::vector<packet>, std::less<>>;

/// A packet, and when it comes: so long after the run began, on the clock of the run.
struct timed
{
    std::chrono::nanoseconds at; ///< since the begin of the run
    packet content;              ///< owned
};

/// Makes a packet that comes at that time. [any thread]
[[nodiscard]] inline timed at(std::chrono::nanoseconds time, packet content)
{
    return {time, std::move(content)};
}

/// The packets to feed at given times, by input port.
using timed_inputs = std::map<std::string, std::vector<timed>, std::less<>>;

/// The conditions of a test run. By default nothing happens that a test did not ask for.
struct conditions
{
    /// How often a packet is received before it fails, 1 or more, as the `retry` of a node says.
    /// One that is tried again comes when nothing else is there, and alone in its last attempt.
    std::uint32_t attempts = 1;

    /// Whether a new instance takes over from one whose `run()` throws, as in a graph. After five
    /// throws in turn with which no packet ended, the last one leaves the run.
    bool recovers = false;

    /// How many instances there are, 1 or more, each with the packets of a lane: they are dealt in
    /// turn. All have started before the first runs; they run one after another.
    std::size_t lanes = 1;

    /// How often everything is received before, by instances of its own, as after a crash: packets
    /// have the same ids again. The result is that of the last run.
    std::size_t replays = 0;
};

/// Makes instances: one for each lane, replay and recovery.
using maker = std::function<std::unique_ptr<component>()>;

/// Runs one instance over the packets, on this thread, without host and fibers: `start()`, then
/// `run()` until it returns; of a source, until it ends or has found nothing twice in a row, where
/// what it emits ends at once, in order. `blocking` calls in place and `exclusive` is granted at
/// once. Nothing waits: the run has a clock of its own, which `now()` tells and waits move on.
/// After the last packet of an input one deadline passes at once, and the next receive finds the
/// input closed.
///
/// Packets end as they do in a graph. The instance is fresh; it is named `it` in reasons. Throws
/// parameter_error for bad parameters, those that component::check() refuses too, one line each,
/// and std::invalid_argument for packets for an unknown input; what leaves `start()` or `run()`
/// leaves this call, and so does `unavailable`, because nothing waits.
[[nodiscard]] PENSTOCK_EXPORT result run(std::unique_ptr<component> component,
                                         const json::object& parameters, inputs packets);

/// The same with an instance that configure() was called for already.
[[nodiscard]] PENSTOCK_EXPORT result run_configured(std::unique_ptr<component> component,
                                                    inputs packets);

/// The same with an instance that outlives the run; what it still holds then has no end.
[[nodiscard]] PENSTOCK_EXPORT result run(component& component, const json::object& parameters,
                                         inputs packets);

/// The same under conditions, with as many instances as those need.
[[nodiscard]] PENSTOCK_EXPORT result run(const maker& make, const json::object& parameters,
                                         inputs packets, const conditions& how);
/// The same with packets that come at given times.
[[nodiscard]] PENSTOCK_EXPORT result run(const maker& make, const json::object& parameters,
                                         timed_inputs packets, const conditions& how);

/// Makes an instance of `T` and runs it over the packets for its input `in`.
template <class T>
[[nodiscard]] result run(const json::object& parameters, std::vector<packet> packets,
                         const conditions& how = {})
{
    inputs by_port;
    by_port.emplace("in", std::move(packets));
    return run([] { return std::make_unique<T>(); }, parameters, std::move(by_port), how);
}

/// The same with packets that come at given times.
template <class T>
[[nodiscard]] result run(const json::object& parameters, std::vector<timed> packets,
                         const conditions& how = {})
{
    timed_inputs by_port;
    by_port.emplace("in", std::move(packets));
    return run([] { return std::make_unique<T>(); }, parameters, std::move(by_port), how);
}

/// Makes an instance of `T` and runs it over packets for several inputs.
template <class T>
[[nodiscard]] result run(const json::object& parameters, inputs packets, const conditions& how = {})
{
    return run([] { return std::make_unique<T>(); }, parameters, std::move(packets), how);
}

/// Makes an instance of `T`, of a source as a rule, and runs it without packets.
template <class T>
[[nodiscard]] result run(const json::object& parameters = {})
{
    return run<T>(parameters, inputs{});
}

/// Makes a list of packets at given times: `timetable(at(0s, …), at(11s, …))`.
template <class... Timed>
[[nodiscard]] std::vector<timed> timetable(Timed&&... each)
{
    std::vector<timed> list;
    list.reserve(sizeof...(each));
    (list.push_back(std::forward<Timed>(each)), ...);
    return list;
}

/// Makes a list of packets; a braced list cannot hold what cannot be copied.
template <class... Packets>
[[nodiscard]] std::vector<packet> packets(Packets&&... each)
{
    std::vector<packet> list;
    list.reserve(sizeof...(each));
    (list.push_back(std::forward<Packets>(each)), ...);
    return list;
}

} // namespace penstock::testing
