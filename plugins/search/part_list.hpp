// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace search_package
{

/// Knows which documents of an index were made of one and the same document of the outside: the
/// chunks of a file, the members of an archive. [the thread of the connection]
class part_list
{
public:
    /// Makes the table unless it is there. The connection outlives it. Throws database_error, as all
    /// calls.
    explicit part_list(connection& connection);

    /// Returns whether the table is there.
    [[nodiscard]] static bool exists(connection& connection);

    /// Notes of what a document is a part, and of which version of that.
    void put(std::int64_t number, std::string_view whole, std::string_view version);

    void forget(std::int64_t number);

    /// Returns the documents that are parts of `whole`; those of one version are left out.
    [[nodiscard]] std::vector<std::int64_t> all_of(std::string_view whole);
    [[nodiscard]] std::vector<std::int64_t> outdated(std::string_view whole,
                                                     std::string_view version);

private:
    statement put_;
    statement forget_;
    statement all_;
    statement outdated_;
};

} // namespace search_package
