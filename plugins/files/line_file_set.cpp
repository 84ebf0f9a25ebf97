// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "line_file_set.hpp"

#include "path_text.hpp"

#include <utility>

namespace files_package
{

line_file* line_file_set::find(std::int64_t number)
{
    const auto found = files_.find(number);
    return found == files_.end() ? nullptr : &found->second;
}

line_file* line_file_set::find(const file_key& key)
{
    const auto found = numbers_.find(key);
    return found == numbers_.end() ? nullptr : find(found->second);
}

line_file* line_file_set::at_place(const std::string& text)
{
    for (auto& [number, each] : files_)
        if (each.progress.place == text)
            return &each;
    return nullptr;
}

line_file& line_file_set::add(line_progress from, const file_key& key, open_file file)
{
    const std::int64_t number = from.number;
    numbers_[key] = number;
    const auto made = files_.try_emplace(number, std::move(from), key, std::move(file)).first;
    opened_.push_back(number);
    close_others(number);
    return made->second;
}

bool line_file_set::open(line_file& it)
{
    const std::int64_t number = it.progress.number;
    if (it.file.is_open())
        opened_.remove(number);
    else
    {
        const std::string path = path_of_text(it.progress.place);
        it.file = open_file(path, tree_.follows(path), of_.data_directory);
        if (it.file.is_open() && it.file.status().key != it.key)
            it.file = open_file(); // another
        if (!it.file.is_open())
            return false;
    }
    opened_.push_back(number);
    close_others(number);
    return true;
}

void line_file_set::close(line_file& it)
{
    opened_.remove(it.progress.number);
    it.file = open_file();
}

void line_file_set::tidy(std::int64_t number)
{
    const line_file* const it = find(number);
    if (it != nullptr && !it->file.is_open() && it->open_ends == 0 && !it->is_queued &&
        !it->is_unfinished)
        (void)take(number);
}

line_file line_file_set::take(std::int64_t number)
{
    auto node = files_.extract(number);
    opened_.remove(number);
    const auto key = numbers_.find(node.mapped().key);
    if (key != numbers_.end() && key->second == number)
        numbers_.erase(key);
    return std::move(node.mapped());
}

void line_file_set::close_others(std::int64_t but)
{
    while (opened_.size() > of_.open_files && opened_.front() != but)
    {
        const std::int64_t number = opened_.front();
        close(files_.at(number));
        tidy(number);
    }
}

} // namespace files_package
