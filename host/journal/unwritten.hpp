// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_queries.hpp"
#include "host/journal/operation_queue.hpp"
#include "host/journal/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace penstock::host
{

/// The receipts and dead letters that a journal was handed and has not committed yet: they can be read from
/// the start, however long the disk takes or stays full. [any thread]
class unwritten
{
public:
    /// Takes in what is about to be queued.
    void add(std::shared_ptr<const kept_receipt> what);
    void add(std::shared_ptr<const dead_letter_row> what);

    /// Removes operations that are on disk now.
    void remove(const operation_group& committed);

    [[nodiscard]] std::optional<kept_receipt> receipt(packet_id id) const;
    [[nodiscard]] std::optional<dead_letter> find_dead_letter(std::uint64_t number) const;

    /// Some dead letters, and where on the disk those begin that come after them.
    struct page
    {
        std::vector<dead_letter> dead_letters;
        std::uint64_t rest = 0; ///< the disk has all with smaller numbers, and none of these
    };

    /// The newest first, at most `count`, of those with numbers before `before`.
    [[nodiscard]] page dead_letters(const dead_letter_filter& which, std::size_t count,
                                    std::uint64_t before) const;

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::uint64_t, std::shared_ptr<const kept_receipt>> receipts_; // by id.low
    std::map<std::uint64_t, std::shared_ptr<const dead_letter_row>> dead_letters_;
};

} // namespace penstock::host
