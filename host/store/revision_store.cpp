// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision_store.hpp"

#include "host/store/durable_file.hpp"
#include "host/store/revision.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

namespace penstock::host
{

namespace
{

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr std::size_t time_digits = 15;

// What the name of a file says; nothing if it is none of ours.
std::optional<kept_revision> read_name(const std::string& stem)
{
    std::int64_t time = 0;
    const char* const end = stem.data() + std::min(time_digits, stem.size());
    const auto [stopped, error] = std::from_chars(stem.data(), end, time);
    if (error != std::errc{} || stopped != stem.data() + time_digits ||
        stem.size() <= time_digits || stem[time_digits] != '-')
        return std::nullopt;
    return kept_revision{stem.substr(time_digits + 1), system_clock::time_point(milliseconds(time)),
                         0};
}

} // namespace

std::optional<problem> revision_store::add(std::string_view graph, std::string_view text,
                                           system_clock::time_point now, std::size_t most) const
{
    std::vector<kept_revision> kept = list(graph);
    kept_revision added{revision(text), std::chrono::floor<milliseconds>(now), text.size()};
    if (!kept.empty() && kept.front().revision == added.revision)
        return std::nullopt;
    if (!kept.empty())
        added.time = std::max(added.time, kept.front().time + milliseconds(1));
    if (auto failed = replace_file(file_of(graph, added), text))
        return failed;
    const auto gone = [&](std::size_t place) {
        return place + 1 >= std::max<std::size_t>(most, 1) ||
               kept[place].revision == added.revision;
    };
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (gone(i))
            if (auto failed = remove_file(file_of(graph, kept[i])))
                return failed;
    return std::nullopt;
}

std::vector<kept_revision> revision_store::list(std::string_view graph) const
{
    std::vector<kept_revision> kept;
    std::error_code error;
    for (const auto& each : std::filesystem::directory_iterator(folder_of(graph), error))
    {
        auto read = each.path().extension() == ".json" ? read_name(each.path().stem().string())
                                                       : std::nullopt;
        if (!read)
            continue;
        std::error_code gone;
        read->bytes = each.file_size(gone);
        if (!gone)
            kept.push_back(*std::move(read));
    }
    std::ranges::sort(kept, std::greater<>{}, &kept_revision::time);
    return kept;
}

std::optional<std::string> revision_store::read(std::string_view graph,
                                                std::string_view revision) const
{
    for (const kept_revision& each : list(graph)) // a name from outside never becomes a path
        if (each.revision == revision)
            return read_file(file_of(graph, each));
    return std::nullopt;
}

std::optional<problem> revision_store::remove(std::string_view graph) const
{
    std::error_code error;
    std::filesystem::remove_all(folder_of(graph), error);
    if (error)
        return problem(folder_of(graph).string(), "", "cannot be removed: " + error.message(), "");
    return std::nullopt;
}

std::filesystem::path revision_store::folder_of(std::string_view graph) const
{
    return folder_ / graph;
}

std::filesystem::path revision_store::file_of(std::string_view graph,
                                              const kept_revision& kept) const
{
    const auto since = std::chrono::floor<milliseconds>(kept.time.time_since_epoch()).count();
    std::string time = std::to_string(std::max<std::int64_t>(since, 0));
    time.insert(0, time_digits - std::min(time_digits, time.size()), '0');
    return folder_of(graph) / (time + '-' + kept.revision + ".json");
}

} // namespace penstock::host
