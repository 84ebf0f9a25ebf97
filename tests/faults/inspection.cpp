// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/inspection.hpp"

#include "host/journal/sqlite/sqlite_journal.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <utility>

namespace penstock::faults
{

namespace
{

bool equal(const host::journal_entry& a, const host::journal_entry& b)
{
    return a.graph == b.graph && a.key == b.key && a.accepted == b.accepted && a.head == b.head &&
           a.body == b.body && a.size == b.size;
}

bool equal(const host::kept_receipt& a, const host::kept_receipt& b)
{
    return a.graph == b.graph && a.accepted == b.accepted && a.delivered == b.delivered &&
           a.dropped == b.dropped && a.failed == b.failed && a.dead_count == b.dead_count;
}

class inspector
{
public:
    inspector(const workload& what, const knowledge& known)
        : what_(what), known_(known), journal_(journal_of(what))
    {
    }

    findings look()
    {
        for (std::size_t n = 0; n < known_.fates.size(); ++n)
            if (known_.fates[n].given)
                numbers_[known_.fates[n].given->number].push_back(n);
        for (const char* graph : graphs_of_workload)
            read_pending(graph);
        for (std::size_t n = 0; n < known_.fates.size(); ++n)
            if (known_.fates[n].kept)
                look_for(n);
        return std::move(found_);
    }

private:
    void wrong(std::size_t& counts, std::size_t n, const char* how)
    {
        if (counts++ == 0 && found_.first.empty())
            found_.first = "record " + std::to_string(n) + ": " + how;
    }

    // A number that was never committed may be given again, by a later session.
    void read_pending(const char* graph)
    {
        host::entry_number after = 0;
        while (true)
        {
            const std::vector<host::journal_entry> some = journal_.next(graph, after, {});
            if (some.empty())
                return;
            for (const host::journal_entry& each : some)
            {
                after = each.number;
                if (each.head.empty())
                {
                    ++found_.damaged;
                    damaged_.emplace(each.number, true);
                    continue;
                }
                pending_[each.number] = true;
                const auto known = numbers_.find(each.number);
                bool is_known = false;
                if (known != numbers_.end())
                    for (const std::size_t n : known->second)
                        is_known = is_known || (each.id == known_.fates[n].given->id &&
                                                equal(each, nth_entry(what_, n)));
                if (!is_known)
                    wrong(found_.corrupt, each.number, "is not what was appended");
            }
        }
    }

    void look_for(std::size_t n)
    {
        const knowledge::fate& fate = known_.fates[n];
        ++found_.kept;
        const host::entry_number number = fate.given->number;
        if (damaged_.contains(number))
            return;
        const host::journal_entry was = nth_entry(what_, n);
        if (!was.idempotency_key.empty())
        {
            const auto key = journal_.kept().key(was.idempotency_key);
            if (!key)
                wrong(found_.lost, n, "its idempotency key is not there");
            else if (key->id != fate.given->id || key->fingerprint != was.fingerprint)
                wrong(found_.corrupt, n, "its idempotency key is of another");
        }
        if (pending_.contains(number))
            return;
        const auto receipt = journal_.kept().receipt(fate.given->id);
        if (!receipt || !fate.ending)
            return wrong(found_.lost, n, "neither it nor its receipt is there");
        if (!equal(*receipt, nth_receipt(what_, n)))
            return wrong(found_.corrupt, n, "its receipt is not what it was");
        if (dies(what_, n))
            look_for_dead_letter(n);
    }

    void look_for_dead_letter(std::size_t n)
    {
        if (dead_letters_.empty())
            for (const host::dead_letter& each :
                 journal_.kept().dead_letters({}, what_.records, ""))
                dead_letters_[each.entry] = each.reason;
        const auto dead_letter = dead_letters_.find(known_.fates[n].given->number);
        if (dead_letter == dead_letters_.end())
            return wrong(found_.lost, n, "its dead letter is not there");
        if (dead_letter->second != std::to_string(n))
            wrong(found_.corrupt, n, "its dead letter is not what it was");
    }

    const workload& what_;
    const knowledge& known_;
    host::sqlite_journal journal_;
    findings found_;
    std::map<host::entry_number, std::vector<std::size_t>> numbers_;
    std::map<host::entry_number, bool> pending_;
    std::map<host::entry_number, bool> damaged_;
    std::map<host::entry_number, std::string> dead_letters_;
};

} // namespace

void knowledge::hear(const event& next)
{
    if (next.head.did != deed::mark)
        return;
    if (next.head.length != sizeof(mark))
        return hear_shim({next.text, next.head.length});
    mark heard;
    std::memcpy(&heard, next.text, sizeof heard);
    fates.resize(std::max<std::size_t>(fates.size(), heard.n + 1));
    fate& of = fates[heard.n];
    switch (heard.says)
    {
    case mark::kind::issued: of.given = heard.given; break;
    case mark::kind::kept: of.kept = true; break;
    case mark::kind::refused: of.refused = true; break;
    case mark::kind::ending: of.ending = true; break;
    }
}

void knowledge::hear_shim(std::string_view text)
{
    if (text == "fault")
        fault = true;
    else if (text.starts_with("calls "))
        std::from_chars(text.data() + 6, text.data() + text.size(), calls);
}

void knowledge::hear_numbers(const recording& all)
{
    knowledge whole;
    for (const event& each : all.events())
        whole.hear(each);
    fates.resize(whole.fates.size());
    for (std::size_t n = 0; n < fates.size(); ++n)
        fates[n].given = whole.fates[n].given;
}

findings inspect(const workload& what, const knowledge& known)
{
    try
    {
        return inspector(what, known).look();
    }
    catch (const host::journal_error& error)
    {
        findings unread;
        for (const knowledge::fate& each : known.fates)
            unread.kept += each.kept ? 1 : 0;
        unread.error = error.what();
        return unread;
    }
}

} // namespace penstock::faults
