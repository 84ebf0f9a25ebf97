// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// Knows which documents of an index were made of one and the same document of the outside: the
/// chunks of a file, the members of an archive; and which version of that was accepted last.
/// Within one transaction, what was found out about a document is remembered.
/// [the thread of the connection]
class part_list
{
public:
    /// Makes the table unless it is there. The connection outlives it. Throws database_error, as
    /// all calls.
    explicit part_list(connection& connection);

    /// Returns whether the table is there.
    [[nodiscard]] static bool exists(connection& connection);

    /// Returns whether a part is of a version that was accepted before the one that is there. Times
    /// are texts that sort as they passed. A part of an unknown version (empty) or time (empty), or
    /// of the version that is there, never is.
    [[nodiscard]] bool is_late(std::string_view whole, std::string_view version,
                               std::string_view time);

    /// Notes of what a document is a part, of which version of that, and when this was accepted.
    /// One that is not late makes its version the one that is there.
    void put(std::int64_t number, std::string_view whole, std::string_view version,
             std::string_view time);

    void forget(std::int64_t number);

    /// Returns all documents that are parts of `whole`, and forgets which version was there.
    [[nodiscard]] std::vector<std::int64_t> take_all_of(std::string_view whole);

    /// Returns the parts of other versions than those that put() has made the ones that are there
    /// since the last call; parts of unknown versions are left out. At the end of a transaction.
    [[nodiscard]] std::vector<std::int64_t> take_outdated();

private:
    struct state
    {
        std::string version; ///< empty: none is known
        std::string time;
        bool is_new = false; ///< put since the last take_outdated()
    };

    [[nodiscard]] state& state_of(std::string_view whole);

    statement put_;
    statement forget_;
    statement all_;
    statement newest_;
    statement outdated_;
    std::map<std::string, state, std::less<>> states_; ///< of this transaction, by document
};

} // namespace search_package
