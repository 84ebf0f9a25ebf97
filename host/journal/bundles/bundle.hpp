// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/compression.hpp"
#include "host/journal/bundles/number_set.hpp"
#include "host/journal/sqlite/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Entries of one graph that one commit wrote, as a row of the table `bundles`.
///
/// The row has a checksum over all but its content, and that has one for each entry: a damaged
/// byte of the content makes one entry unreadable, one before it all of them. The content may be
/// compressed, which the directory tells: then a damaged byte may make all entries unreadable.
struct bundle
{
    /// What is known of an entry without reading it.
    struct item
    {
        entry_number number = 0;
        std::uint64_t micros = 0;  ///< of the id, which is the number besides
        std::int64_t accepted = 0; ///< as micros_of() counts
        std::uint64_t size = 0;    ///< journal_entry::size
        std::uint64_t length = 0;
        std::uint32_t sum = 0;
    };

    entry_number first = 0; ///< all numbers are between these
    entry_number last = 0;
    std::string graph;
    std::uint64_t size = 0; ///< sum of the entries' sizes
    number_set members;
    std::vector<item> items;    ///< in order; none if the row is damaged
    bool is_whole = true;       ///< but for its content
    bool is_compressed = false; ///< in the row, never here

    /// What heads of entries begin with, so that each has but its own rest in the content; nothing:
    /// each has its head there, as version 4 of the journal wrote it.
    std::optional<std::string> head_begin;

    /// The entries, one after the other. Shared with the body of one that is most of it.
    std::shared_ptr<std::string> content = std::make_shared<std::string>();

    /// Whether an entry, whose number is larger than all so far, may be added. Any may be the
    /// first.
    [[nodiscard]] bool has_room_for(const journal_entry& what) const noexcept;

    /// Adds an entry of the bundle's graph.
    void add(const journal_entry& what);

    /// Removes all other entries.
    void keep_only(const number_set& numbers);

    /// Reads one of the members. A damaged one has no head and no body, and else what outline()
    /// has.
    [[nodiscard]] journal_entry entry(entry_number number, const numbering& ids) const;

    /// What is known of a member without the content: its number, id, graph, size and the time that
    /// it was accepted. If the row is damaged it is a damaged entry.
    [[nodiscard]] journal_entry outline(entry_number number, const numbering& ids) const;

    /// Whether all of the content was read, damaged or not.
    [[nodiscard]] bool has_content() const noexcept;

    /// The size of a member; if the row is damaged its share in that of all.
    [[nodiscard]] std::uint64_t size_of(entry_number number) const noexcept;

    /// The item of a member; the end of them if the row is damaged.
    [[nodiscard]] std::vector<item>::const_iterator item_of(entry_number number) const noexcept;

private:
    [[nodiscard]] std::size_t size_of_begin(std::string_view head) noexcept;

    std::size_t usual_begin_ = 0; ///< bytes of head_begin that all heads so far begin with
};

// The columns that read_bundle_head() reads, and all.
inline constexpr const char* bundle_head_columns =
    "first, last, graph, entries, size, members, directory, sum";
inline constexpr const char* bundle_columns =
    "first, last, graph, entries, size, members, directory, sum, content";

/// Binds a row and runs the statement. The content is compressed by `with` if that makes it
/// shorter; null: it is not compressed.
void insert_bundle(statement& to, const bundle& what, compressor* with);

/// Reads a row without its content.
[[nodiscard]] bundle read_bundle_head(const statement& from);

/// Reads a row.
[[nodiscard]] bundle read_bundle(const statement& from);

} // namespace penstock::host
