// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/waiting_entries.hpp"

#include "host/engine/receipt.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace penstock::host
{

std::vector<std::unique_ptr<entry>> waiting_entries::take_in_order()
{
    std::vector<std::unique_ptr<entry>> waiting = std::exchange(come_back_, {});
    std::ranges::move(held_, std::back_inserter(waiting));
    held_.clear();
    std::ranges::stable_sort(
        waiting, {}, [](const std::unique_ptr<entry>& each) { return each->receipt->number(); });
    return waiting;
}

void waiting_entries::put_back(std::vector<std::unique_ptr<entry>> all, std::size_t first)
{
    held_.insert(held_.begin(),
                 std::move_iterator(all.begin() + static_cast<std::ptrdiff_t>(first)),
                 std::move_iterator(all.end()));
}

} // namespace penstock::host
