// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letters/dead_letter_usage.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The usage of dead letters by graph, as it is committed.
class dead_letter_ledger
{
public:
    /// Returns the usage of a graph. [any thread]
    [[nodiscard]] std::shared_ptr<dead_letter_usage> of(std::string_view graph);

    /// Notes a change, which counts from commit() on. [one thread]
    void add(std::string_view graph, std::int64_t bytes);

    /// Sets what there is of each graph; of others there is nothing. [the same thread]
    void replace(const std::map<std::string, std::uint64_t, std::less<>>& bytes);

    /// Applies the changes noted since the last call, or forgets them. [the same thread]
    void commit();
    void roll_back() noexcept { changes_.clear(); }

private:
    std::mutex mutex_; // guards the map of usages
    std::map<std::string, std::shared_ptr<dead_letter_usage>, std::less<>> usages_;
    std::map<std::string, std::int64_t, std::less<>> changes_;
};

} // namespace penstock::host
