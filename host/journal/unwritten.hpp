// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/operation_queue.hpp"
#include "host/journal/journal_queries.hpp"
#include "host/journal/letters/dead_letter_page.hpp"
#include "host/journal/letters/dead_letter_row.hpp"

#include <penstock/detail/recycled.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace penstock::host
{

/// The receipts and dead letters that a journal was handed and has not committed yet: they can be
/// read from the start, however long the disk takes or stays full. [any thread]
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

    /// Those with numbers before `before`. The disk has all with numbers below the page's `below`,
    /// and none of these.
    [[nodiscard]] dead_letter_page dead_letters(const dead_letter_filter& which,
                                                const dead_letter_limits& limits,
                                                std::uint64_t before) const;

private:
    mutable std::mutex mutex_;

    // By id.low.
    detail::recycling_map<std::uint64_t, std::shared_ptr<const kept_receipt>> receipts_;
    std::map<std::uint64_t, std::shared_ptr<const dead_letter_row>> dead_letters_;
};

} // namespace penstock::host
