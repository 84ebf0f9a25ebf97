// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/receipt_bundle.hpp"

#include "host/journal/bundles/binary.hpp"
#include "host/journal/numbering.hpp"

namespace penstock::host
{

namespace
{

// Who looks for a receipt reads all rows of its section: two or three if many requests end
// together, else one for each of them.
constexpr unsigned bits_of_section = 7;
constexpr unsigned bits_of_row = 20;

// Where no number of an entry stands, in rows since version 5: numbers and times are differences
// from those before, and a receipt has 13 bytes in place of 26.
constexpr std::uint64_t begin_of_differences = 0;

} // namespace

std::uint64_t section_of(entry_number number) noexcept
{
    return number >> bits_of_section;
}

std::int64_t first_row_of(std::uint64_t section) noexcept
{
    return static_cast<std::int64_t>(section << bits_of_row);
}

std::int64_t last_row_of(std::uint64_t section) noexcept
{
    return static_cast<std::int64_t>(((section + 1) << bits_of_row) - 1);
}

void insert_receipt_bundle(statement& to, std::int64_t row, std::span<const numbered_receipt> what,
                           std::int64_t ended)
{
    constexpr std::size_t usual = 32; // bytes of one
    std::string content;
    content.reserve(what.size() * usual);
    binary_writer writer(content);
    writer.add(begin_of_differences);
    entry_number number_before = 0;
    std::uint64_t micros_before = 0;
    for (const auto& [number, receipt] : what)
    {
        const std::uint64_t micros = receipt->id.high;
        writer.add(number - number_before).add(micros - micros_before);
        writer.add(micros_in(micros) - static_cast<std::uint64_t>(micros_of(receipt->accepted)));
        number_before = number;
        micros_before = micros;
        writer.add(std::uint64_t{receipt->durable}).add(receipt->delivered);
        writer.add(receipt->dropped).add(receipt->failed).add(receipt->dead_count);
        writer.add(receipt->more);
    }
    row_writer columns(to);
    columns.add(row).add(what.front().receipt->graph).add(std::uint64_t{what.size()});
    columns.add(ended).add(content).finish();
    to.run();
}

std::optional<kept_receipt> receipt_bundle::find(entry_number number, const numbering& ids) const
{
    std::optional<kept_receipt> found;
    binary_reader reader(content);
    const bool has_differences = content.starts_with(static_cast<char>(begin_of_differences));
    if (has_differences)
        reader.number();
    entry_number of = 0;
    std::uint64_t micros = 0;
    while (!reader.rest().empty())
    {
        of = reader.number() + (has_differences ? of : 0);
        micros = reader.number() + (has_differences ? micros : 0);
        const std::uint64_t accepted = reader.number();
        kept_receipt read;
        read.id = ids.id(of, micros);
        read.accepted = time_of(
            static_cast<std::int64_t>(has_differences ? micros_in(micros) - accepted : accepted));
        read.durable = reader.number() != 0;
        read.delivered = reader.number();
        read.dropped = reader.number();
        read.failed = reader.number();
        read.dead_count = reader.number();
        const std::string_view more = reader.text();
        if (of != number || !reader.is_whole())
            continue;
        read.graph = graph;
        read.more = more;
        found = std::move(read);
    }
    return found;
}

receipt_bundle read_receipt_bundle(const statement& from)
{
    row_reader row(from);
    receipt_bundle read;
    row.number();
    read.graph = row.text();
    read.receipts = row.natural();
    row.number(); // when they ended
    read.content = row.text();
    read.is_whole = row.is_whole();
    return read;
}

} // namespace penstock::host
