// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/operation_queue.hpp"
#include "host/journal/letters/dead_letter_ledger.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/postgres/entry_moves.hpp"
#include "host/journal/postgres/entry_rows.hpp"
#include "host/journal/postgres/letter_rows.hpp"
#include "host/journal/postgres/postgres_connection.hpp"
#include "host/journal/postgres/receipt_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace penstock::host
{

/// The statements of one commit, and what their answers mean. [the writer's thread]
///
/// They may be sent again as they are: what is there already is left alone.
class postgres_group
{
public:
    /// `has_letters`: whether there may be dead letters.
    postgres_group(operation_group& operations, key_times times, bool has_letters,
                   const numbering& ids);

    /// Adds them to what is sent next, as the first.
    void add_to(postgres_connection& to);

    /// Takes in the answers: which operations found something, and what dead letters hold.
    void committed(std::span<const statement_result> answers, dead_letter_ledger& usages);

    /// Takes in that they are committed, though no answer came: what was dropped was there, and what
    /// was taken over is asked for. Throws medium_error.
    void committed_unheard(postgres_connection& from, postgres_connection::clock::time_point until);

    /// The numbers of its entries; once they are committed, of those that are there: what was
    /// another host's may still be, and an idempotency key may be in use.
    [[nodiscard]] const std::vector<std::int64_t>& appended() const noexcept { return appended_; }

    /// The numbers of entries that are new, and of no other host.
    [[nodiscard]] const std::vector<std::int64_t>& fresh() const noexcept
    {
        return entries_.numbers();
    }

    /// The numbers of entries that are done and were appended; and of all that are done.
    [[nodiscard]] const std::vector<std::int64_t>& finished() const noexcept { return finished_; }
    [[nodiscard]] const std::vector<std::int64_t>& ended() const noexcept { return ended_; }

    /// The number of dead letters more, or less.
    [[nodiscard]] std::int64_t new_letters() const noexcept { return new_letters_; }

private:
    void add(const journal_entry& what);
    void add(const done_operation& what, const numbering& ids);
    std::size_t add(postgres_connection& to, const char* sql, statement_values values);
    void add_others(postgres_connection& to);
    [[nodiscard]] bool is_certain() const noexcept
    {
        return moves_.empty() && !entries_.has_keys();
    }
    void note_there(const std::set<entry_number>& there);

    operation_group& operations_;
    const key_times times_;
    bool has_letters_;
    entry_rows entries_;
    entry_moves moves_;
    receipt_rows receipts_;
    letter_rows letters_;
    std::vector<std::int64_t> appended_;
    std::vector<std::int64_t> finished_;
    std::vector<std::int64_t> ended_;
    std::int64_t new_letters_ = 0;

    // Where the answers stand that matter.
    std::size_t answers_ = 0;
    std::optional<std::size_t> there_; ///< which of the entries are
    std::optional<std::size_t> originals_;
    std::size_t first_drop_ = 0;
};

} // namespace penstock::host
