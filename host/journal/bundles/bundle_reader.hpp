// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/bundle.hpp"
#include "host/journal/bundles/bundle_mark.hpp"
#include "host/journal/bundles/receipt_reader.hpp"
#include "host/journal/journal.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A bundle, and which of its entries are pending.
struct pending_bundle
{
    bundle row;
    number_set left;
    bool is_marked = false; ///< whether some of its entries are done
    std::int64_t since = 0; ///< when the first of them was
};

/// Finds the bundles that a connection sees, and the marks of their entries that are done.
/// [one thread]
///
/// If the marks of a bundle are damaged, the entries with a receipt are done. A row is broken if its
/// pages do not lead from one to the next: it is read once, for after that SQLite refuses all that
/// the transaction writes (SQLITE_CorruptRdOnly in its vdbe.c). Everything throws sqlite_error.
class bundle_reader
{
public:
    explicit bundle_reader(sqlite_file& file);

    /// The bundle that has an entry, done or not.
    std::optional<pending_bundle> find(entry_number number, with_body content);

    /// Adds entries of a graph that are not done, in order, from after a number, as far as the
    /// limits allow.
    void add_next(std::string_view graph, entry_number after, const read_limits& limits,
                  const numbering& ids, std::vector<journal_entry>& into);

    /// Adds what is left of each graph: as many entries, of as many bytes, as add_next() reads.
    void add_pending(std::map<std::string, pending_of_graph, std::less<>>& into);

    /// Whether a row is known to be broken, so that it cannot be deleted.
    [[nodiscard]] bool is_broken(entry_number first) const { return broken_.contains(first); }

    /// Notes that a row is broken.
    void add_broken(entry_number first) { broken_.insert(first); }

    /// How many rows are known to be broken.
    [[nodiscard]] std::size_t count_broken() const noexcept
    {
        return broken_.size() + broken_heads_.size();
    }

private:
    [[nodiscard]] bundle indexed(const statement& row) const;
    bundle indexed(entry_number first);
    static std::optional<bundle> whole(statement& from, bundle (*read)(const statement&),
                                       std::set<entry_number>& broken, entry_number first);
    bundle head(entry_number first);
    bundle with_content(bundle known);
    pending_bundle marked(bundle row);
    bool has_receipt(entry_number number);

    receipt_reader receipts_;
    statement near_;
    statement head_by_first_;
    statement by_first_;
    statement by_graph_;
    statement indexed_;
    statement marks_;
    statement sums_;
    statement marked_;
    std::set<entry_number> broken_;       ///< in the content, or anywhere
    std::set<entry_number> broken_heads_; ///< before the content
};

} // namespace penstock::host
