// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/journal_medium.hpp"
#include "host/journal/log/combined_writes.hpp"
#include "host/journal/log/promise_file.hpp"
#include "host/journal/sqlite/held_files.hpp"
#include "host/journal/sqlite/journal_store.hpp"
#include "host/journal/sqlite/retention.hpp"
#include "host/journal/sqlite/schema.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"
#include "host/journal/sqlite/sqlite_journal_options.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace penstock::host
{

/// Owns the one connection that writes and checkpoints: commits groups, forgets what is too old,
/// works in the log, and looks after the quota. [the writer's thread]
///
/// Everything throws sqlite_error, and is undone then.
class journal_disk final : public journal_medium
{
public:
    /// Opens the file or makes it. Throws journal_error. Blocks.
    explicit journal_disk(const sqlite_journal_options& options);

    journal_disk(const journal_disk&) = delete;
    journal_disk& operator=(const journal_disk&) = delete;

    [[nodiscard]] const journal_state& state() const noexcept override { return state_; }

    /// Commits a group, and a state if it is another one. Throws journal_error, and commits
    /// nothing, while missing() names a file, or something is missing that an earlier run promised.
    void commit(operation_group& operations, const journal_state& state) override;

    void probe() override;

    void tidy() override;

    [[nodiscard]] std::chrono::steady_clock::time_point next_tidy() const noexcept override
    {
        return next_tidy_;
    }

    /// Which of its files was removed or replaced; empty: none. What was committed since then is in
    /// none that anybody finds.
    [[nodiscard]] std::string missing() const override { return held_.missing(); }

    [[nodiscard]] std::string fullness() override;
    [[nodiscard]] dead_letter_ledger& usages() noexcept override { return store_.usages(); }
    [[nodiscard]] std::uint64_t dead_letters() noexcept override
    {
        return store_.counts().dead_letters;
    }

    /// Commits the state and works in all of the log. Never fails.
    void close(const journal_state& state) noexcept override;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    template <class Change>
    void transact(Change change);
    template <class Change>
    bool try_to_transact(Change change);
    void forget_old();
    bool checkpoint();
    void require_files();

    sqlite_journal_options options_;
    std::filesystem::path path_;
    promise_file promise_;
    combined_writes writes_;
    sqlite_file file_;
    journal_store store_;
    retention retention_;
    journal_state state_;
    std::uint64_t page_size_;
    held_files held_;
    std::uint64_t log_frames_ = 0; ///< pages in the log now
    std::uint64_t log_bytes_ = 0;  ///< of it that are not worked in
    std::chrono::steady_clock::time_point next_tidy_;
};

} // namespace penstock::host
