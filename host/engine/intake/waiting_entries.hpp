// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/entry.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace penstock::host
{

/// The entries of a graph that wait between its versions, and what says whether an entry of a key
/// has to wait with them. Entries of one key stay in order: none is given out before one that came
/// earlier and is in an older version, or on its way from there. [under its owner's lock]
class waiting_entries
{
public:
    /// An older version begins to end, or has ended: nothing of a key is given out meanwhile.
    void version_ends() noexcept { ++old_versions_; }
    void version_ended() noexcept { --old_versions_; }

    /// Keeps an entry that has to wait.
    void hold(std::unique_ptr<entry> pending) { held_.push_back(std::move(pending)); }

    /// Keeps an entry that has come back from a version that was cancelled.
    void come_back(std::unique_ptr<entry> pending) { come_back_.push_back(std::move(pending)); }

    /// Returns whether an entry of a key that has just come has to wait.
    [[nodiscard]] bool must_wait() const noexcept
    {
        return is_released_ || !may_release() || !held_.empty();
    }

    /// Returns whether those that waited may be given out, one after the other in order: not while
    /// a version ends, and not once one has come back, which may be an earlier one.
    [[nodiscard]] bool may_release() const noexcept
    {
        return old_versions_ == 0 && come_back_.empty();
    }

    /// Returns whether there are entries to be given out, now that no version ends.
    [[nodiscard]] bool is_due() const noexcept
    {
        return old_versions_ == 0 && !(come_back_.empty() && held_.empty());
    }

    /// Begins to give out; false if somebody does already.
    [[nodiscard]] bool begin_release() noexcept { return !std::exchange(is_released_, true); }
    void end_release() noexcept { is_released_ = false; }

    /// Takes out all that wait: a version that is cancelled gives its entries back from wherever
    /// they are, so their numbers tell their order.
    [[nodiscard]] std::vector<std::unique_ptr<entry>> take_in_order();

    /// Puts back, before all others that were held, those of `all` that were not given out: from
    /// the place `first` on.
    void put_back(std::vector<std::unique_ptr<entry>> all, std::size_t first);

private:
    std::size_t old_versions_ = 0;
    bool is_released_ = false; // what waited is on its way to the current version
    std::vector<std::unique_ptr<entry>> come_back_;
    std::vector<std::unique_ptr<entry>> held_;
};

} // namespace penstock::host
