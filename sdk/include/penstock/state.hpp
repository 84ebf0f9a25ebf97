// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>

#include <memory>
#include <string>

namespace penstock
{

/// A small value of a node that outlives instances, versions of the graph, and the host: a
/// checkpoint, a counter, the end of a window. A member of its component, which has one at most.
///
/// The host keeps it in the data directory, for graph and node. Only one instance of a node may
/// have it: sources, and components of graphs with `"lanes": 1`; others are refused. That of a new
/// version runs when the old version has ended. [the component's own fiber]
class PENSTOCK_EXPORT state
{
public:
    /// Registers with the owner. `fallback` is the value until one was saved. Throws
    /// std::invalid_argument if the owner has one already.
    explicit state(component& owner, json::value fallback = nullptr);
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    /// The value, as it was saved last when run() begins. Never suspends. Throws std::logic_error
    /// before run().
    [[nodiscard]] json::value& operator*();
    /// The same for a member of the value.
    [[nodiscard]] json::value* operator->() { return &**this; }

    /// Keeps the value; suspends until all of it is synced to disk. Called before the packets end
    /// that have changed it, nothing is lost between. Throws `unavailable` if it cannot be written,
    /// and std::logic_error before run().
    void save();

private:
    friend struct detail::component_access;

    component& owner_;
    json::value value_;
};

/// A small value of a node for each key of `partition_by`, which outlives what `state` does: a
/// component of such a graph runs on several lanes, and the packets of one key on one of them. A
/// member of its component, which has one at most, in graphs with `partition_by`; others are
/// refused. [the component's own fiber]
class PENSTOCK_EXPORT keyed_state
{
public:
    /// Registers with the owner. `fallback` is the value of a key until one was saved. Throws
    /// std::invalid_argument if the owner has one already.
    explicit keyed_state(component& owner, json::value fallback = nullptr);
    /// Forgets the values; those that were saved stay in the data directory.
    ~keyed_state();
    keyed_state(const keyed_state&) = delete;
    keyed_state& operator=(const keyed_state&) = delete;

    /// The value of the packet's key, until the next call for a packet of another key. May suspend.
    /// Throws std::runtime_error for a packet without a key or with several, and std::logic_error
    /// before run().
    [[nodiscard]] json::value& of(const packet& packet);

    /// Keeps the value of the packet's key, as state::save() does. Suspends, and throws as that
    /// does.
    void save(const packet& packet);

private:
    struct cache;

    component& owner_;
    const json::value fallback_;
    std::unique_ptr<cache> cache_;
};

/// The folder in which components may keep files, by subfolders of their own names; it is there.
/// The same for the whole life of the host. [a component's own fiber, also in start()] Throws
/// std::logic_error elsewhere, and std::runtime_error if there is none, as in a test run without
/// one.
[[nodiscard]] PENSTOCK_EXPORT std::string data_directory();

} // namespace penstock
