// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "line_files.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <utility>

namespace files_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

constexpr std::size_t lines_at_once = 500; // rows of the checkpoint
constexpr auto between_looks = 200ms;      // at what may be a copy
constexpr auto longest_copy = 2s;          // until a copy that does not grow is none

} // namespace

line_files::line_files(const read_settings& of, const tree& files, checkpoint& kept)
    : of_(of),
      tree_(files),
      kept_(kept),
      cutter_(of.record_begin, of.line_bytes),
      files_(of, files),
      copies_(of, files, files_, kept)
{
}

void line_files::look(const path_to_look_at& at, clock::time_point now, findings& into)
{
    if (!at.is_folder && !is_waiting_.contains(at.path))
        consider({at, now}, now, into);
}

bool line_files::work(clock::time_point now, findings& into)
{
    if (!queue_.empty())
    {
        const std::int64_t number = queue_.front();
        queue_.pop_front();
        read(number, now, into);
        return true;
    }
    if (!waiting_.empty() && waiting_.begin()->first <= now)
    {
        waiting_path next = std::move(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        is_waiting_.erase(next.at.path);
        consider(std::move(next), now, into);
        return true;
    }
    if (unfinished_.empty() || unfinished_.begin()->first > now)
        return false;
    const waiting_file next = unfinished_.begin()->second;
    unfinished_.erase(unfinished_.begin());
    line_file* const it = files_.find(next.number);
    if (it != nullptr && it->seen_size == next.size)
    {
        it->is_quiet = true;
        queue(*it);
    }
    return true;
}

std::optional<file_mode::clock::time_point> line_files::next_work() const
{
    if (!queue_.empty())
        return clock::time_point::min();
    std::optional<clock::time_point> next;
    if (!waiting_.empty())
        next = waiting_.begin()->first;
    if (!unfinished_.empty())
        next = std::min(next.value_or(clock::time_point::max()), unfinished_.begin()->first);
    return next;
}

// A file that is not where it was, nor elsewhere, has gone, if it was missed twice: one that is
// being renamed is not seen under either name. What is still open is read once more.
bool line_files::check(findings& /*into*/)
{
    const auto rows = kept_.behind(checked_, lines_at_once);
    for (const line_progress& each : rows)
    {
        const std::string path = path_of_text(each.place);
        const file_status found = status_of(path, tree_.follows(path));
        const bool is_there = found.key.inode == each.inode;
        if (found.error || !tree_.is_trusted(path) || (is_there && each.missed == 0))
            continue;
        change();
        kept_.miss(each.number, is_there ? 0 : each.missed + 1);
        if (is_there)
            continue;
        line_file* const known = files_.find(each.number);
        if (known != nullptr && each.missed == 0)
            queue(*known);
        else if (known != nullptr)
        {
            files_.close(*known);
            files_.tidy(each.number);
        }
        else if (each.missed != 0)
            kept_.remove(each.number);
    }
    if (rows.size() < lines_at_once)
        return false;
    checked_ = rows.back().number;
    return true;
}

void line_files::keep()
{
    if (!change_)
        return;
    change_->commit();
    change_.reset();
}

void line_files::acknowledge(const std::vector<json::value>& positions)
{
    std::unordered_map<std::int64_t, std::pair<const json::array*, std::uint64_t>> last;
    for (const json::value& each : positions)
    {
        const json::array& position = each.as_array();
        if (position.size() != 5) // of a file that could not be read
            continue;
        auto& [newest, count] = last[position[0].to_number<std::int64_t>()];
        newest = &position;
        ++count;
    }
    checkpoint::change change(kept_);
    for (const auto& [number, ended] : last)
    {
        const json::array& position = *ended.first;
        const line_file* const known = files_.find(number);
        line_progress progress{.number = number};
        progress.offset = position[1].to_number<std::uint64_t>();
        progress.line = position[2].to_number<std::uint64_t>();
        progress.tail_size = position[3].to_number<std::uint64_t>();
        progress.tail = position[4].to_number<std::uint64_t>();
        if (known != nullptr)
        {
            progress.head_size = known->progress.head_size;
            progress.head = known->progress.head;
        }
        kept_.advance(progress);
    }
    change.commit();
    for (const auto& [number, ended] : last)
        if (line_file* const known = files_.find(number))
        {
            known->open_ends -= std::min(known->open_ends, ended.second);
            files_.tidy(number);
        }
}

void line_files::consider(waiting_path it, clock::time_point now, findings& into)
{
    const std::string& path = it.at.path;
    const file_status found = status_of(path, tree_.follows(path));
    if (found.error)
        return fail(path, found.error, now, it.since, into);
    if (found.what == file_status::kind::nothing)
    {
        line_file* const gone = files_.at_place(text_of_path(path));
        if (gone == nullptr)
            return;
        // It may have news. If it was renamed, these are better read under its new name.
        if (it.since == now && gone->file.is_open() && gone->file.status().names != 0)
            return wait(std::move(it), now + between_looks);
        return queue(*gone);
    }
    if (found.what != file_status::kind::regular)
        return;
    if (line_file* const one = known(path, found))
    {
        move(*one, path);
        return queue(*one);
    }
    if (!it.at.is_meant)
        return;
    const copies::finding_of_copy copy = copies_.look(path);
    if (copy.truncated != nullptr)
        queue(*copy.truncated);
    const bool has_grown = std::exchange(it.size, found.version.size) != found.version.size;
    if (has_grown)
        it.since = now;
    if (copy.is_copy == copies::answer::yes)
        return;
    if (copy.is_copy == copies::answer::later && now - it.since < longest_copy)
        return wait(std::move(it), now + between_looks);
    open_file file(path, tree_.follows(path), of_.data_directory);
    if (!file.is_open())
        return fail(path, file.error(), now, it.since, into);
    if (file.status().key != found.key) // replaced meanwhile
        return wait(std::move(it), now);
    line_progress begin{.inode = found.key.inode};
    begin.path = begin.place = text_of_path(path);
    change();
    begin.number = kept_.add(begin);
    queue(files_.add(std::move(begin), found.key, std::move(file)));
}

void line_files::wait(waiting_path it, clock::time_point until)
{
    if (is_waiting_.insert(it.at.path).second)
        waiting_.emplace(until, std::move(it));
}

// By its inode, if the file goes on as far as it was read; at the path where it was, also if it
// does not: then it was truncated, or is another, and reading it shows that.
line_file* line_files::known(const std::string& path, const file_status& found)
{
    if (line_file* const it = files_.find(found.key))
        return it;
    auto rows = kept_.of_inode(found.key.inode);
    std::erase_if(rows, [this](const line_progress& each)
                  { return files_.find(each.number) != nullptr; });
    if (rows.empty())
        return nullptr;
    open_file file(path, tree_.follows(path), of_.data_directory);
    if (!file.is_open() || file.status().key != found.key)
        return nullptr;
    auto row = std::ranges::find_if(rows, [&](const line_progress& each)
                                    { return continues(file, each); });
    if (row == rows.end())
        row = std::ranges::find(rows, text_of_path(path), &line_progress::place);
    return row == rows.end() ? nullptr : &files_.add(*row, found.key, std::move(file));
}

// Under a name that is not meant, as of a log that was rotated, its lines tell the one before.
void line_files::move(line_file& it, const std::string& path)
{
    std::string text = text_of_path(path);
    if (it.progress.place == text)
        return;
    it.progress.place = text;
    if (tree_.means(path))
        it.progress.path = std::move(text);
    change();
    kept_.move(it.progress);
}

// What was not read of a file that was truncated is in its copy, if there is one.
void line_files::begin_anew(std::int64_t number)
{
    line_file old = files_.take(number);
    const auto copy = old.progress.head_size == 0 ? std::nullopt : copies_.newest(old.progress);
    change();
    if (copy)
        go_on_in_copy(old, *copy);
    else
        kept_.remove(number);
    line_progress begin{.inode = old.key.inode};
    begin.path = old.progress.path;
    begin.place = old.progress.place;
    begin.number = kept_.add(begin);
    queue(files_.add(std::move(begin), old.key, std::move(old.file)));
}

void line_files::go_on_in_copy(line_file& old, const std::string& path)
{
    open_file file(path, false, of_.data_directory);
    if (!file.is_open())
        return;
    line_progress progress = old.progress;
    progress.place = text_of_path(path);
    const file_key key = file.status().key;
    progress.inode = key.inode;
    kept_.move(progress);
    line_file& copy = files_.add(std::move(progress), key, std::move(file));
    copy.open_ends = old.open_ends;
    queue(copy);
}

void line_files::queue(line_file& it)
{
    if (!std::exchange(it.is_queued, true))
        queue_.push_back(it.progress.number);
}

void line_files::read(std::int64_t number, clock::time_point now, findings& into)
{
    line_file* const it = files_.find(number);
    if (it == nullptr)
        return;
    constexpr clock::time_point long_ago{};
    const std::string path = path_of_text(it->progress.place);
    it->is_queued = false;
    it->is_unfinished = false;
    if (!files_.open(*it))
    {
        if (it->file.error())
            fail(path, it->file.error(), now, long_ago, into);
        return files_.tidy(number);
    }
    const auto behind = of_.follow ? record_cutter::rest::open : record_cutter::rest::last;
    const bool was_unknown = it->progress.head_size == 0;
    const line_file::state now_is = it->read(of_, cutter_, behind, into);
    if (was_unknown && it->progress.head_size != 0)
    {
        change(); // its copy must be known by that before a line of it is sent
        kept_.move(it->progress);
    }
    switch (now_is)
    {
    case line_file::state::more: return queue(*it);
    case line_file::state::truncated: return begin_anew(number);
    case line_file::state::unfinished:
        unfinished_.emplace(now + of_.record_wait, waiting_file{number, it->seen_size});
        it->is_unfinished = true;
        break;
    case line_file::state::idle: break;
    case line_file::state::over: files_.close(*it); break;
    }
    if (it->file.error())
        fail(path, it->file.error(), now, long_ago, into);
    files_.tidy(number);
}

// When files are followed, another look comes with the next change or rescan. Otherwise the letter
// is all that is left of it.
void line_files::fail(const std::string& path, const std::error_code& why, clock::time_point now,
                      clock::time_point since, findings& into)
{
    if (why == std::errc::no_such_file_or_directory)
        return;
    if (!of_.follow && since == now)
        return wait({{path, true, false}, since}, now + between_looks);
    const std::string text = text_of_path(path);
    if (!of_.follow)
        into.push_back({.position = json::array{0, json::string(text), "unreadable"},
                        .path = text,
                        .wrong = text + ": " + why.message()});
    else
        told_.tell(of_.tell, text, why);
}

void line_files::change()
{
    if (!change_)
        change_.emplace(kept_);
}

} // namespace files_package
