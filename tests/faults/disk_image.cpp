// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/disk_image.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace penstock::faults
{

namespace
{

constexpr std::size_t sector = 512;

void put(std::string& on, std::size_t at, std::string_view text)
{
    if (on.size() < at + text.size())
        on.resize(at + text.size());
    text.copy(on.data() + at, text.size());
}

/// How much of what was not synced is there.
enum class luck
{
    nothing,
    everything,
    some_calls,
    some_sectors
};

luck draw(disk_image::random& chance)
{
    switch (chance() % 8)
    {
    case 0: return luck::nothing;
    case 1: return luck::everything;
    case 2:
    case 3: return luck::some_calls;
    default: return luck::some_sectors;
    }
}

} // namespace

void disk_image::apply(const event& next)
{
    const event_head& head = next.head;
    const change made{events_++, head, next.text};
    switch (head.did)
    {
    case deed::make:
    case deed::unlink:
    case deed::rename: names_since_.push_back(made); break;
    case deed::write:
    case deed::truncate: files_[head.file].since.push_back(made); break;
    case deed::sync: {
        const auto is_safe = [&](const change& each) { return each.number < head.offset; };
        std::vector<change>& since = head.file == 0 ? names_since_ : files_[head.file].since;
        const auto end = std::ranges::find_if_not(since, is_safe);
        for (auto each = since.begin(); each != end; ++each)
        {
            if (head.file == 0)
                carry_out(*each, synced_names_);
            else
                carry_out(*each, files_[head.file].synced);
        }
        since.erase(since.begin(), end);
        break;
    }
    case deed::mark: break;
    }
}

void disk_image::sync()
{
    for (const change& each : names_since_)
        carry_out(each, synced_names_);
    names_since_.clear();
    for (auto& [number, file] : files_)
    {
        for (const change& each : file.since)
            carry_out(each, file.synced);
        file.since.clear();
    }
}

void disk_image::carry_out(const change& what, std::string& on)
{
    if (what.head.did == deed::truncate)
        on.resize(what.head.offset);
    else
        put(on, what.head.offset, {what.text, what.head.length});
}

void disk_image::carry_out(const change& what, names& on)
{
    const std::string text(what.text, what.head.length);
    if (what.head.did == deed::make)
    {
        on[text] = what.head.file;
        return;
    }
    const std::string from = text.substr(0, text.find('\0'));
    const auto found = on.find(from);
    if (found == on.end())
        return;
    if (what.head.did == deed::rename)
        on[text.substr(from.size() + 1)] = found->second;
    on.erase(from);
}

std::string disk_image::cut(const content& file, random& chance)
{
    std::string left = file.synced;
    const luck how = draw(chance);
    if (how == luck::nothing)
        return left;
    for (const change& each : file.since)
    {
        if (how == luck::some_calls && chance() % 2 == 0)
            continue;
        if (how != luck::some_sectors || each.head.did == deed::truncate)
        {
            if (how != luck::some_sectors || chance() % 2 == 0)
                carry_out(each, left);
            continue;
        }
        // The first sector may be one that the write has only a part of.
        const std::string_view text(each.text, each.head.length);
        for (std::size_t at = 0; at < text.size();)
        {
            const std::size_t place = each.head.offset + at;
            const std::size_t size = std::min(sector - place % sector, text.size() - at);
            if (chance() % 2 == 0)
                put(left, place, text.substr(at, size));
            at += size;
        }
    }
    return left;
}

disk_image::names disk_image::cut_names(random& chance) const
{
    names left = synced_names_;
    std::size_t kept = names_since_.size();
    if (draw(chance) != luck::everything)
        kept = chance() % (kept + 1);
    for (std::size_t i = 0; i < kept; ++i)
        carry_out(names_since_[i], left);
    return left;
}

void disk_image::write_to(const std::filesystem::path& place,
                          const std::filesystem::path& directory, random& chance) const
{
    for (const auto& [name, number] : cut_names(chance))
    {
        // The index of the log is memory that happens to have a name; it is made anew.
        if (name.ends_with("-shm"))
            continue;
        const auto found = files_.find(number);
        const std::filesystem::path to =
            place / std::filesystem::path(name).lexically_relative(directory);
        std::filesystem::create_directories(to.parent_path());
        std::ofstream file(to, std::ios::binary);
        if (found != files_.end())
            file << cut(found->second, chance);
    }
}

} // namespace penstock::faults
