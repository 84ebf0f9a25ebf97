// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/dead_packet.hpp"
#include "host/lane/entry_lineage.hpp"

#include <penstock/detail/runtime.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace penstock::host
{

class availability;
class completion_queue;

/// The graph that a lane and its nodes belong to, as they see it, besides what becomes of
/// entries. Outlives them. [any lane's thread]
class lane_owner : public entry_watcher
{
public:
    /// Waits until the dead letters made so far are on disk; returns whether they are. Blocks. [any
    /// thread]
    virtual bool keep_dead_letters() = 0;

    /// Returns whether there is room for dead letters; if not, the source is notified when there
    /// is.
    virtual bool has_room_for_dead_letters(const std::shared_ptr<completion_queue>& source) = 0;

    /// Keeps a dead letter; returns its id.
    virtual std::string add_dead_letter(dead_packet what) = 0;

    virtual void log(severity level, std::string_view node, std::string_view text) noexcept = 0;

    /// Whether what a node works with is there, as all lanes and versions know it.
    virtual std::shared_ptr<availability> availability_of(const std::string& node) = 0;

    /// Whether nodes are in careful mode; once it is false it stays so. See suspects.
    [[nodiscard]] virtual const std::atomic<bool>& careful() const noexcept = 0;
};

} // namespace penstock::host
