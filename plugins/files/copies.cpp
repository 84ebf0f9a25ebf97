// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "copies.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string_view>
#include <utility>

namespace files_package
{

namespace
{

constexpr std::string_view separators = ".-_";

} // namespace

copies::finding_of_copy copies::look(const std::string& path)
{
    const std::optional<line_progress> from = original(path);
    if (!from || from->head_size == 0)
        return {};
    const line_file* const known = open_.find(from->number);
    if (known != nullptr && known->is_queued)
        return {answer::later};
    const std::string place = path_of_text(from->place);
    open_file original(place, tree_.follows(place), of_.data_directory);
    open_file file(path, tree_.follows(path), of_.data_directory);
    if (!file.is_open())
        return {};
    // Of both what is there now: meanwhile the one may be copied, and the other truncated.
    const std::uint64_t size = file.status().version.size;
    if (size < from->offset) // it may be being copied
        return {begins_alike(file, std::min(size, from->head_size), *from, original) ? answer::later
                                                                                     : answer::no};
    if (!continues(file, *from))
        return {};
    if (original.is_open() && original.status().key.inode == from->inode &&
        continues(original, *from))
        return {answer::yes};
    return {answer::later, open_.at_place(from->place)};
}

// Whether a file may begin as the original did, as far as it goes.
bool copies::begins_alike(open_file& file, std::uint64_t size, const line_progress& from,
                          open_file& original)
{
    const auto hash = file.hash(0, static_cast<std::size_t>(size));
    if (size == from.head_size)
        return hash == from.head;
    const bool is_whole = original.is_open() && continues(original, from);
    return !is_whole || hash == original.hash(0, static_cast<std::size_t>(size));
}

// `app.log` of `app.log.1`, `app.log-20261129` and `app.log_1`, as far as it was read.
std::optional<line_progress> copies::original(const std::string& path)
{
    const std::string text = text_of_path(path);
    const std::size_t begin = text.size() - name_of(text).size();
    for (std::size_t end = text.find_last_of(separators); end != std::string::npos && end > begin;
         end = text.find_last_of(separators, end - 1))
    {
        const std::string place = text.substr(0, end);
        if (const line_file* const known = open_.at_place(place))
            return known->progress;
        if (auto rows = kept_.at_place(place); !rows.empty())
            return std::move(rows.front());
    }
    return std::nullopt;
}

std::optional<std::string> copies::newest(const line_progress& of)
{
    const std::string place = path_of_text(of.place);
    const std::string folder = folder_of(place);
    const std::string name(name_of(place));
    std::optional<std::string> newest;
    std::int64_t modified = std::numeric_limits<std::int64_t>::min();
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    {
        const std::string other = entry.path().filename().string();
        if (!other.starts_with(name) || other.size() == name.size() ||
            separators.find(other[name.size()]) == std::string_view::npos)
            continue;
        std::string path = path_in(folder, other);
        open_file file(path, false, of_.data_directory);
        if (!file.is_open())
            continue;
        const file_status found = file.status();
        if (found.version.modified < modified || is_known(found.key) || !continues(file, of))
            continue;
        modified = found.version.modified;
        newest = std::move(path);
    }
    return newest;
}

bool copies::is_known(const file_key& key)
{
    return open_.find(key) != nullptr || !kept_.of_inode(key.inode).empty();
}

} // namespace files_package
