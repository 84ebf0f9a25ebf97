// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/operation_queue.hpp"
#include "host/journal/journal_queries.hpp"
#include "host/journal/journal_state.hpp"
#include "host/journal/letters/dead_letter_ledger.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace penstock::host
{

/// The error of a medium that cannot be written.
class medium_error : public journal_error
{
public:
    medium_error(const std::string& what, bool passes) : journal_error(what), passes_(passes) {}

    /// Whether the same may succeed later: on a full disk it does, after a failed sync never.
    [[nodiscard]] bool passes() const noexcept { return passes_; }

private:
    bool passes_;
};

/// What a journal_writer commits to: files, or a database elsewhere. [the writer's thread]
///
/// Everything that may fail throws medium_error, and is undone then.
class journal_medium
{
public:
    virtual ~journal_medium() = default;

    /// What the journal knows of itself, as it was committed last.
    [[nodiscard]] virtual const journal_state& state() const noexcept = 0;

    /// Commits a group, and a state if it is another one. Throws journal_error, and commits
    /// nothing, while missing() names something.
    virtual void commit(operation_group& operations, const journal_state& state) = 0;

    /// Commits something small, to see whether that can be done again.
    virtual void probe() = 0;

    /// Does what is due besides.
    virtual void tidy() = 0;

    /// Whether what it has committed so far is on the disk of a second machine, too. [any thread]
    [[nodiscard]] virtual bool replicates() const noexcept { return false; }

    /// When tidy() is due if nothing is committed.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point next_tidy() const noexcept = 0;

    /// What is not there any more of what was committed; empty: nothing.
    [[nodiscard]] virtual std::string missing() const = 0;

    /// Why the quota lets nothing in; empty: it does.
    [[nodiscard]] virtual std::string fullness() = 0;

    /// The usage of dead letters by graph, as it was committed last; its of() may be called by any
    /// thread.
    [[nodiscard]] virtual dead_letter_ledger& usages() noexcept = 0;

    [[nodiscard]] virtual std::uint64_t dead_letters() noexcept = 0;

    /// Commits the state, and what else the next start is to find. Never fails.
    virtual void close(const journal_state& state) noexcept = 0;
};

} // namespace penstock::host
