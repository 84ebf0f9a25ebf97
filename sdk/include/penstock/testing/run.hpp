// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>

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

/// What came out of a component.
struct result
{
    /// The packets sent, by output port, in order; each output has a list, if only an empty one.
    std::map<std::string, std::vector<packet>, std::less<>> sent;

    /// The packets given to deliver(), and those given to drop().
    std::vector<packet> delivered;
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

    /// The packets sent to `out`.
    [[nodiscard]] std::vector<packet>& out() { return sent["out"]; }
};

/// A data directory for the runs on this thread while it lives: data_directory() is its path, and a
/// component's state begins with `state`, where save() puts it; all packets have one key. Without one, a state begins anew in each
/// run, and data_directory() throws.
class PENSTOCK_EXPORT data_directory
{
public:
    explicit data_directory(std::string path = {});
    data_directory(const data_directory&) = delete;
    data_directory& operator=(const data_directory&) = delete;
    ~data_directory();

    const std::string path;           ///< which is there; empty: none
    std::optional<json::value> state; ///< none: nothing was saved

private:
    data_directory* const before_;
};

/// The packets to feed, by input port; each list is one request and its end closes the port. An
/// optional input that is not named is not wired.
using inputs = std::map<std::string, std::vector<packet>, std::less<>>;

/// Runs one instance over the packets, on this thread, without host and fibers: `start()`, then
/// `run()` until it returns; of a source, until it ends or has found nothing twice in a row, where what
/// it emits ends at once, in order. `blocking` calls in
/// place and `exclusive` is granted at once. Nothing waits: after the last packet of an input one
/// deadline passes at once, and the next receive finds the input closed.
///
/// Packets end as they do in a graph. The instance is fresh; it is named `it` in reasons. Throws parameter_error for bad parameters, those that component::check() refuses too, one line each, and std::invalid_argument for packets for an unknown input; what leaves `start()`
/// or `run()` leaves this call, and so does `unavailable`, because nothing waits.
[[nodiscard]] PENSTOCK_EXPORT result run(std::unique_ptr<component> component,
                                         const json::object& parameters, inputs packets);

/// The same with an instance that configure() was called for already.
[[nodiscard]] PENSTOCK_EXPORT result run_configured(std::unique_ptr<component> component,
                                                    inputs packets);

/// The same with an instance that outlives the run; what it still holds then has no end.
[[nodiscard]] PENSTOCK_EXPORT result run(component& component, const json::object& parameters,
                                         inputs packets);

/// Makes an instance of `T` and runs it over the packets for its input `in`.
template <class T>
[[nodiscard]] result run(const json::object& parameters, std::vector<packet> packets)
{
    inputs by_port;
    by_port.emplace("in", std::move(packets));
    return run(std::make_unique<T>(), parameters, std::move(by_port));
}

/// Makes an instance of `T` and runs it over packets for several inputs.
template <class T>
[[nodiscard]] result run(const json::object& parameters, inputs packets)
{
    return run(std::make_unique<T>(), parameters, std::move(packets));
}

/// Makes an instance of `T`, of a source as a rule, and runs it without packets.
template <class T>
[[nodiscard]] result run(const json::object& parameters = {})
{
    return run<T>(parameters, inputs{});
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
