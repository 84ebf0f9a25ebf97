// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/journal_check.hpp"

#include "host/journal/bundles/bundle.hpp"
#include "host/journal/bundles/bundle_mark.hpp"
#include "host/journal/bundles/receipt_bundle.hpp"
#include "host/journal/log/log_check.hpp"
#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/rows.hpp"
#include "host/journal/sqlite/schema.hpp"
#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <functional>

namespace penstock::host
{

namespace
{

using is_whole = std::function<bool(const statement&, const numbering&)>;

// The texts of findings.
std::string damaged(const std::string& table, const std::string& row)
{
    return table + ' ' + row + ": its checksum does not match";
}

bool whole_entry(const statement& row, const numbering& ids)
{
    return !read_entry(row, ids, with_body::yes).head.empty();
}

/// Counts the rows of a table and tells those that are damaged, up to where it cannot be read.
std::uint64_t walk(sqlite_file& file, const numbering& ids, const std::string& table,
                   const char* columns, const char* name, const is_whole& whole,
                   std::vector<std::string>& findings)
{
    std::uint64_t count = 0;
    try
    {
        statement rows(file, select(std::string(columns) + ", " + name, table + " NOT INDEXED"));
        const int last = rows.columns() - 1;
        for (; rows.step(); ++count)
            if (!whole(rows, ids))
                findings.push_back(damaged(table, std::string(rows.text(last))));
    }
    catch (const sqlite_error& problem)
    {
        findings.push_back(table + ": cannot be read to the end: " + problem.what());
    }
    return count;
}

// Counts those of the entries that are whole, or that may be, and tells those that are not.
void check_bundle(const bundle& read, const numbering& ids, journal_check& into)
{
    into.entries += read.members.size();
    if (!read.is_whole)
        into.findings.push_back(damaged("bundles", std::to_string(read.first)));
    for (const bundle::item& each : read.items)
        if (read.entry(each.number, ids).head.empty())
            into.findings.push_back(damaged("records", std::to_string(each.number)));
}

// The tables that came with version 3.
void check_bundles(sqlite_file& file, const numbering& ids, journal_check& into)
{
    walk(
        file, ids, "bundles", bundle_columns, "first",
        [&](const statement& row, const numbering& of)
        {
            check_bundle(read_bundle(row), of, into);
            return true; // it has told
        },
        into.findings);
    walk(
        file, ids, "bundle_marks", bundle_mark_columns, "first",
        [&](const statement& row, const numbering&)
        {
            const bundle_mark read = read_bundle_mark(row);
            into.entries -= std::min(into.entries, read.is_whole ? read.entries : 0);
            return read.is_whole;
        },
        into.findings);
    walk(
        file, ids, "receipt_bundles", receipt_bundle_columns, "number",
        [&](const statement& row, const numbering&)
        {
            const receipt_bundle read = read_receipt_bundle(row);
            into.receipts += read.receipts;
            return read.is_whole;
        },
        into.findings);
}

void check_structure(sqlite_file& file, std::vector<std::string>& findings)
{
    try
    {
        statement rows(file, "PRAGMA integrity_check");
        while (rows.step())
            if (rows.text(0) != "ok")
                findings.push_back("structure: " + std::string(rows.text(0)));
    }
    catch (const sqlite_error& problem)
    {
        findings.push_back(std::string("structure: ") + problem.what());
    }
}

void check_state(sqlite_file& file, std::vector<std::string>& findings)
{
    try
    {
        if (whole_states(file) != 2)
            findings.emplace_back("state: one of its two copies is damaged");
    }
    catch (const sqlite_error& problem)
    {
        findings.push_back(std::string("state: ") + problem.what());
    }
}

} // namespace

journal_check check_journal(const std::filesystem::path& directory)
{
    const std::string lost = loss_of_log(directory / journal_file_name); // before a log is made
    if (!lost.empty() && is_gone(directory / journal_file_name))
        throw journal_error(lost);
    sqlite_file file(directory / journal_file_name, sqlite_file::use::reading, "");
    prepare_for_reading(file);
    const numbering ids;
    journal_check result;
    result.file = file.name();
    std::vector<std::string>& findings = result.findings;
    if (const auto damage = damage_of_log(file.name()))
        findings.push_back("log: damaged at byte " + std::to_string(damage->byte) + "; at least " +
                           std::to_string(damage->commits) + " commits behind it cannot be read");
    if (!lost.empty())
        findings.push_back("promise: " + lost);
    check_structure(file, findings);
    check_state(file, findings);
    result.entries = walk(file, ids, "records", entry_columns, "number", whole_entry, findings);
    result.originals = walk(file, ids, "originals", entry_columns, "number", whole_entry, findings);
    result.receipts = walk(
        file, ids, "receipts", receipt_columns, "number",
        [](const statement& row, const numbering& of) { return read_receipt(row, of).has_value(); },
        findings);
    result.keys = walk(
        file, ids, "keys", key_columns, "key",
        [](const statement& row, const numbering& of) { return read_key(row, of).has_value(); },
        findings);
    result.dead_letters = walk(
        file, ids, "letters", dead_letter_columns, "number",
        [](const statement& row, const numbering&) { return !is_damaged(read_dead_letter(row)); },
        findings);
    if (has_bundles(file))
        check_bundles(file, ids, result);
    result.blames = walk(
        file, ids, "blames", blame_columns, "number",
        [](const statement& row, const numbering&) { return read_blame(row).has_value(); },
        findings);
    return result;
}

} // namespace penstock::host
