// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_view.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/postgres/number_range.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads what is committed to a PostgreSQL database, over a session of its own. [any thread, one at
/// a time]
///
/// Everything throws journal_error and blocks, for 10 s at most.
class postgres_reader final : public journal_view
{
public:
    /// `range` has the entries that are this host's to process.
    postgres_reader(const std::string& connection, number_range range, const numbering& ids);

    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override;
    std::vector<pending_of_graph> pending() override;
    std::optional<journal_entry> pending(packet_id id) override;
    std::optional<kept_receipt> receipt(packet_id id) override;
    std::vector<key_turn> turns(const std::vector<entry_number>& numbers) override;
    std::optional<used_key> key(std::string_view idempotency_key, std::int64_t since) override;
    void dead_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                      dead_letter_page& into) override;
    std::optional<dead_letter> find_dead_letter(std::uint64_t number) override;
    std::optional<journal_entry> original(entry_number number) override;
    std::vector<blame> blames(std::int64_t since) override;

private:
    statement_result ask(const char* sql, statement_values values = {});
    bool add_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                     dead_letter_page& into);
    [[nodiscard]] journal_entry entry_in(const statement_result& rows, int row) const;

    std::mutex mutex_; // guards the session
    postgres_connection session_;
    number_range range_;
    numbering ids_;
};

} // namespace penstock::host
