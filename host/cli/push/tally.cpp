// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/tally.hpp"

#include "host/base/quantity.hpp"

#include <algorithm>
#include <cstdio>

namespace penstock::host::cli
{

namespace
{

constexpr std::size_t most_problems = 5;
constexpr std::size_t bar_width = 30;

std::string one_digit(double number)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.1f", number);
    return text;
}

std::string megabytes(std::uint64_t bytes)
{
    return one_digit(static_cast<double>(bytes) / 1e6) + " MB";
}

std::string bar(double part)
{
    const auto full = static_cast<std::size_t>(part * bar_width);
    return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "] ";
}

} // namespace

void tally::add(const parcel& sent, const outcome& result)
{
    ++requests;
    records += sent.records;
    bytes += sent.body.size();
    retries += result.retries;
    ends.delivered += result.ends.delivered;
    ends.dropped += result.ends.dropped;
    ends.failed += result.ends.failed;
    ends.dead += result.ends.dead;
    for (const std::string& each : result.reasons)
        if (problems.size() < most_problems)
            problems.emplace_back(sent.source, "", "dead letter at " + each, "");
    switch (result.is)
    {
    case outcome::kind::pending: pending += sent.records; [[fallthrough]];
    case outcome::kind::accepted: accepted += sent.records; return;
    case outcome::kind::refused: refused += sent.records; break;
    case outcome::kind::lost: lost += sent.records; break;
    }
    if (problems.size() < most_problems)
        problems.emplace_back(sent.source, "", result.detail, "");
}

json::object tally_json(const tally& counts, std::chrono::duration<double> time, bool processed)
{
    json::object made{{"requests", counts.requests}, {"records", counts.records},
                      {"bytes", counts.bytes},       {"accepted", counts.accepted},
                      {"refused", counts.refused},   {"lost", counts.lost},
                      {"retries", counts.retries}};
    if (processed)
    {
        made["pending"] = counts.pending;
        made["delivered"] = counts.ends.delivered;
        made["dropped"] = counts.ends.dropped;
        made["failed"] = counts.ends.failed;
        made["dead"] = counts.ends.dead;
    }
    made["seconds"] = time.count();
    return made;
}

std::string tally_text(const tally& counts, std::chrono::duration<double> time, bool processed)
{
    std::string text =
        grouped(counts.accepted) + " records accepted, " + grouped(counts.refused) + " refused";
    if (counts.lost > 0)
        text += ", " + grouped(counts.lost) + " lost";
    text += ", " + grouped(counts.requests) + " requests, " + megabytes(counts.bytes) + " in " +
            one_digit(time.count()) + " s";
    if (!processed)
        return text;
    text += "\n" + grouped(counts.ends.delivered) + " delivered, " + grouped(counts.ends.dropped) +
            " dropped, " + grouped(counts.ends.dead) + " dead";
    if (counts.ends.failed > 0)
        text += ", " + grouped(counts.ends.failed) + " of them through an error port";
    if (counts.pending > 0)
        text += "; " + grouped(counts.pending) + " records still pending";
    return text;
}

std::string progress_line(const tally& counts, std::chrono::duration<double> time,
                          std::optional<std::uint64_t> total_bytes, const std::string& waiting_for,
                          std::size_t columns)
{
    std::string line;
    if (total_bytes && *total_bytes > 0)
    {
        const double part =
            std::min(1.0, static_cast<double>(counts.bytes) / static_cast<double>(*total_bytes));
        line = bar(part) + std::to_string(static_cast<int>(part * 100)) + " %  ";
    }
    const double rate = time.count() > 0 ? static_cast<double>(counts.records) / time.count() : 0.0;
    line += grouped(counts.records) + " records  " + grouped(static_cast<std::uint64_t>(rate)) +
            "/s  " + megabytes(counts.bytes);
    if (counts.refused > 0)
        line += "  " + grouped(counts.refused) + " refused";
    if (!waiting_for.empty())
        line += "  waiting: " + waiting_for;
    if (line.size() > columns)
        line.resize(columns);
    return line;
}

} // namespace penstock::host::cli
