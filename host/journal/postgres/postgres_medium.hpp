// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/journal_medium.hpp"
#include "host/journal/postgres/host_place.hpp"
#include "host/journal/postgres/number_parts.hpp"
#include "host/journal/postgres/postgres_connection.hpp"
#include "host/journal/postgres/postgres_group.hpp"
#include "host/journal/postgres/postgres_options.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Commits groups to a PostgreSQL database, over one session. [the writer's thread]
///
/// A commit whose answer is lost is asked for over the next session, by its number: no group is
/// committed twice, and none is taken for lost that is there.
class postgres_medium final : public journal_medium
{
public:
    /// Connects, makes the schema if there is none, and takes the place of its host. Throws
    /// journal_error. Blocks.
    explicit postgres_medium(const postgres_options& options);

    [[nodiscard]] const journal_state& state() const noexcept override { return place_.state; }

    /// Waits for a database that is away for as long as the options say.
    void commit(operation_group& operations, const journal_state& state) override;

    void probe() override;
    void tidy() override;
    [[nodiscard]] std::chrono::steady_clock::time_point next_tidy() const noexcept override
    {
        return next_tidy_;
    }

    /// Nothing: a commit over a session that has lost its place fails by itself.
    [[nodiscard]] std::string missing() const override { return {}; }

    /// As the database said right after the last commit; asked, not assumed.
    [[nodiscard]] bool replicates() const noexcept override { return replicates_; }

    [[nodiscard]] std::string fullness() override { return fullness_; }
    [[nodiscard]] dead_letter_ledger& usages() noexcept override { return usages_; }
    [[nodiscard]] std::uint64_t dead_letters() noexcept override
    {
        return static_cast<std::uint64_t>(letters_);
    }
    void close(const journal_state& state) noexcept override;

    [[nodiscard]] number_range range() const noexcept { return place_.range; }

private:
    using clock = std::chrono::steady_clock;

    template <class Work>
    void insist(Work work);
    void resume(clock::time_point until);
    void forget_refused(clock::time_point until);
    void count_letters(clock::time_point until);
    void send(postgres_group& group, const journal_state& state, clock::time_point until);
    void look_at_standbys(std::string_view before, clock::time_point until);
    void add_hold(std::int64_t commit_number, const journal_state& state);
    void renew(clock::time_point until);
    void forget_old(clock::time_point until);
    void forget_letters(std::int64_t before, clock::time_point until);
    [[nodiscard]] clock::time_point soon() const { return clock::now() + options_.patience; }

    postgres_options options_;
    postgres_connection session_;
    host_place place_;
    std::optional<number_parts> parts_;
    dead_letter_ledger usages_;
    std::int64_t letters_ = 0;
    bool has_letters_ = true; ///< whether there may be some, of any host
    clock::time_point next_count_;
    std::atomic<bool> replicates_{false};
    std::string fullness_;
    clock::time_point next_tidy_;
    clock::time_point next_forget_;

    /// The entries of a commit that was given up and whose answer is not known: they were refused.
    std::vector<std::int64_t> refused_;
};

} // namespace penstock::host
