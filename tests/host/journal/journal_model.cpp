// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journal_model.hpp"

#include "tests/host/journal/journals.hpp"

#include <algorithm>

namespace penstock::host::testing
{

namespace
{

journal_model::content content_of(const journal_entry& what)
{
    return {what.id, what.graph, std::string(what.body.view())};
}

} // namespace

void journal_model::append(const journal_entry& what)
{
    pending[what.number] = content_of(what);
    if (!what.idempotency_key.empty())
        keys[what.idempotency_key] = what.id;
}

void journal_model::done(const finished_entry& entry)
{
    receipts[entry.number] = entry.receipt.id;
    const auto journal_entry = pending.find(entry.number);
    if (journal_entry == pending.end())
        return;
    const bool has_dead_letter = std::ranges::any_of(dead_letters, [&](const auto& each)
                                                     { return each.second == entry.number; });
    if (has_dead_letter)
        originals[entry.number] = journal_entry->second;
    pending.erase(journal_entry);
}

void journal_model::dead(const dead_letter& what)
{
    dead_letters[what.id] = what.entry;
}

void journal_model::drop(const std::string& id)
{
    const auto dead_letter = dead_letters.find(id);
    if (dead_letter == dead_letters.end())
        return;
    const entry_number entry = dead_letter->second;
    dead_letters.erase(dead_letter);
    if (std::ranges::none_of(dead_letters, [&](const auto& each) { return each.second == entry; }))
        originals.erase(entry);
}

journal_model read_model(journal& from, const std::map<entry_number, packet_id>& entries,
                         const std::set<std::string>& keys, std::uint64_t last_dead_letter)
{
    journal_model read;
    journal_queries& kept = from.kept();
    for (const char* graph : {"g", "other"})
        for (const journal_entry& each : all_of(from, graph))
            read.pending[each.number] = content_of(each);
    for (const auto& [number, id] : entries)
        if (const auto receipt = kept.receipt(id))
            read.receipts[number] = receipt->id;
    for (const std::string& each : keys)
        if (const auto use = kept.key(each))
            read.keys[each] = use->id;
    for (const dead_letter& each : kept.dead_letters({}, last_dead_letter, ""))
    {
        read.dead_letters[each.id] = each.entry;
        const auto original = kept.original(each.id);
        if (original && !read.pending.contains(each.entry))
            read.originals[each.entry] = content_of(*original);
    }
    return read;
}

std::string difference(const journal_model& is, const journal_model& should_be)
{
    const auto sizes = [](const journal_model& of)
    {
        return std::to_string(of.pending.size()) + " pending, " +
               std::to_string(of.originals.size()) + " originals, " +
               std::to_string(of.receipts.size()) + " receipts, " + std::to_string(of.keys.size()) +
               " keys, " + std::to_string(of.dead_letters.size()) + " letters";
    };
    return "has " + sizes(is) + "; expected were " + sizes(should_be);
}

} // namespace penstock::host::testing
