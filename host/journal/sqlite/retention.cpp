// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/retention.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace penstock::host
{

namespace
{

constexpr std::int64_t at_a_time = 4'096; // so that no append waits long

constexpr std::int64_t most_staying = 64; // rows of receipts, which may take a page each

std::int64_t before(std::int64_t now, std::chrono::seconds age)
{
    return now - std::chrono::microseconds(age).count();
}

std::uint64_t excess(std::uint64_t count, std::uint64_t most)
{
    return count > most ? count - most : 0;
}

} // namespace

std::uint64_t retention::forget(std::int64_t now)
{
    has_more_ = false;
    kept_counts& counts = store_.counts();
    // Rows come in the order of their numbers, more or less that of their times.
    counts.receipts -=
        forget_rows("DELETE FROM receipts WHERE number IN (SELECT number FROM receipts ORDER BY "
                    "number LIMIT ?) "
                    "AND ended < ?",
                    "DELETE FROM receipts WHERE number IN (SELECT number FROM receipts ORDER BY "
                    "number LIMIT ?)",
                    before(now, limits_.receipts), excess(counts.receipts, limits_.most_receipts));
    counts.receipts -=
        std::min(counts.receipts, forget_receipts(before(now, limits_.receipts),
                                                  excess(counts.receipts, limits_.most_receipts)));
    counts.keys -= forget_rows(
        "DELETE FROM keys WHERE number IN (SELECT number FROM keys ORDER BY number LIMIT ?) "
        "AND used < ?",
        "DELETE FROM keys WHERE number IN (SELECT number FROM keys ORDER BY number LIMIT ?)",
        before(now, limits_.keys), excess(counts.keys, limits_.most_keys));
    forget_rows("DELETE FROM blames WHERE number IN (SELECT number FROM blames ORDER BY number "
                "LIMIT ?) AND kept < ?",
                "", before(now, limits_.blames), 0);
    const bool age = limits_.dead_letters > std::chrono::seconds(0);
    return age ? forget_dead_letters(before(now, limits_.dead_letters)) : 0;
}

std::uint64_t retention::forget_rows(const char* by_age, const char* by_count, std::int64_t before,
                                     std::uint64_t too_many)
{
    std::uint64_t forgotten = 0;
    statement aged(store_.file(), by_age);
    aged.bind(1, at_a_time);
    aged.bind(2, before);
    aged.run();
    forgotten += static_cast<std::uint64_t>(store_.file().changes());
    has_more_ |= forgotten == at_a_time;
    if (too_many <= forgotten)
        return forgotten;
    const auto count = std::min(static_cast<std::int64_t>(too_many - forgotten), at_a_time);
    statement counted(store_.file(), by_count);
    counted.bind(1, count);
    counted.run();
    has_more_ |= count == at_a_time;
    return forgotten + static_cast<std::uint64_t>(store_.file().changes());
}

// Rows of several receipts go when all of them may. They come in the order of their numbers, so
// where many stay the rest does, but for what came late and ended early.
std::uint64_t retention::forget_receipts(std::int64_t before, std::uint64_t too_many)
{
    statement oldest(store_.file(), "SELECT number, entries, ended FROM receipt_bundles "
                                    "ORDER BY number LIMIT ?");
    statement forget(store_.file(), "DELETE FROM receipt_bundles WHERE number = ?");
    std::vector<std::int64_t> rows;
    std::uint64_t forgotten = 0;
    bool is_too_many = true;
    std::int64_t looked_at = 0;
    std::int64_t staying = 0;
    oldest.bind(1, at_a_time);
    while (staying < most_staying && oldest.step())
    {
        ++looked_at;
        const auto receipts = static_cast<std::uint64_t>(oldest.integer(1));
        is_too_many = is_too_many && forgotten + receipts <= too_many; // else newer ones would go
        if (oldest.integer(2) >= before && !is_too_many)
        {
            ++staying;
            continue;
        }
        rows.push_back(oldest.integer(0));
        forgotten += receipts;
    }
    for (const std::int64_t each : rows)
    {
        forget.bind(1, each);
        forget.run();
    }
    has_more_ |= looked_at == at_a_time && staying < most_staying;
    return forgotten;
}

std::uint64_t retention::forget_dead_letters(std::int64_t before)
{
    const kept_counts& counts = store_.counts();
    std::uint64_t forgotten = 0;
    statement oldest(store_.file(), "SELECT number, kept FROM letters ORDER BY number LIMIT 1");
    while (counts.dead_letters > 0)
    {
        if (forgotten == at_a_time)
        {
            has_more_ = true;
            break;
        }
        std::uint64_t number = 0;
        {
            const rows_of rows(oldest);
            if (!oldest.step())
                break;
            if (oldest.integer(1) >= before)
                break;
            number = static_cast<std::uint64_t>(oldest.integer(0));
        }
        store_.drop_dead_letter(number);
        ++forgotten;
    }
    return forgotten;
}

} // namespace penstock::host
