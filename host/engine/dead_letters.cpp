// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/dead_letters.hpp"

#include "host/base/quantity.hpp"
#include "host/engine/entry.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <utility>

namespace penstock::host
{

dead_letters::dead_letters(std::string graph, const graph_services& services, std::uint64_t most)
    : graph_(std::move(graph)),
      services_(services),
      room_(services.journal.kept().usage_of(graph_), most)
{
}

void dead_letters::watch(std::function<void()> freed)
{
    if (!freed)
        return room_.watch({});
    room_.watch(
        [this, freed = std::move(freed)](bool is_full)
        {
            if (is_full)
                return log(severity::error, "takes in nothing: its dead letters take " +
                                                grouped(room_.bytes()) + " bytes; less than " +
                                                grouped(room_.most()) +
                                                " were expected: replay or drop some");
            log(severity::information, "takes data again: its dead letters have room");
            freed();
        });
}

std::string dead_letters::keep(dead_packet what)
{
    const entry_number number =
        what.receipts.size() == 1 ? services_.receipts.number_of(what.receipts.front()) : 0;
    return keep(std::move(what), number);
}

receipt_result dead_letters::keep_damaged(const journal_entry& damaged, std::string_view why)
{
    dead_packet about;
    about.reason =
        "journal: record " + std::to_string(damaged.number) + " is damaged: " + std::string(why);
    return keep_entry(damaged, std::move(about));
}

receipt_result dead_letters::keep_quarantined(const journal_entry& suspected,
                                              const quarantined_packet& why)
{
    dead_packet about;
    about.reason = why.reason;
    about.attempts = why.attempts;
    try
    {
        const std::unique_ptr<entry> pending = to_entry(suspected);
        if (!pending->packets.empty())
            about.packet = to_json(pending->packets.front().content);
    }
    catch (const std::exception& error)
    {
        about.reason += "; and its record is damaged: " + std::string(error.what());
    }
    return keep_entry(suspected, std::move(about));
}

bool dead_letters::flush() const
{
    try
    {
        return services_.journal.flush();
    }
    catch (const journal_error& error)
    {
        log(severity::warning,
            std::string("dead letters are not on disk yet, so a source goes on waiting: ") +
                error.what());
        return false;
    }
}

receipt_result dead_letters::keep_entry(const journal_entry& what, dead_packet about)
{
    about.receipts = {what.id.text()};
    about.time = std::chrono::system_clock::now();
    log(severity::error, about.reason);
    receipt_result end;
    end.dead_count = 1;
    json::object summary{{"reason", about.reason}};
    summary["id"] = keep(std::move(about), what.number);
    end.dead.push_back(std::move(summary));
    return end;
}

// `number` is that of the entry whose packet it was; 0: of none, or of several.
std::string dead_letters::keep(dead_packet what, entry_number number)
{
    dead_letter about;
    about.entry = number;
    about.graph = graph_;
    about.node = std::move(what.node);
    about.port = what.port;
    about.component = std::move(what.component);
    about.reason = std::move(what.reason);
    about.packet = std::move(what.packet);
    about.receipts = std::move(what.receipts);
    about.attempts = what.attempts;
    about.time = what.time;
    return services_.journal.dead(std::move(about));
}

void dead_letters::log(severity level, std::string_view text) const
{
    if (services_.log)
        services_.log(level, graph_, {}, text);
}

} // namespace penstock::host
