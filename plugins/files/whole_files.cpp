// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "whole_files.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace files_package
{

namespace
{

namespace json = penstock::json;

constexpr std::size_t versions_at_once = 500; // rows of the checkpoint
constexpr unsigned most_attempts = 5;         // to read a file that changes meanwhile
constexpr int settles_at_most = 10;           // times `settle`, for a file that never rests
constexpr std::string_view deletion = "deleted";

json::array position_of(const std::string& text, const file_version& version)
{
    return {json::string(text), version.inode, version.modified, version.size};
}

file_version version_in(const json::array& position)
{
    return {position[1].to_number<std::uint64_t>(), position[2].to_number<std::int64_t>(),
            position[3].to_number<std::uint64_t>()};
}

} // namespace

void whole_files::look(const path_to_look_at& at, clock::time_point now, findings& into)
{
    if (at.is_folder)
        gone_folders_.push_back({text_of_path(at.path), {}});
    else if (at.is_meant && !is_waiting_.contains(at.path))
        consider({at.path, now, 0}, now, into);
}

bool whole_files::work(clock::time_point now, findings& into)
{
    if (!waiting_.empty() && waiting_.begin()->first <= now)
    {
        waiting next = std::move(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        is_waiting_.erase(next.path);
        consider(std::move(next), now, into);
        return true;
    }
    if (gone_folders_.empty())
        return false;
    gone_folder& folder = gone_folders_.front();
    std::vector<std::string> texts;
    if (folder.behind.empty()) // those that the checkpoint does not have yet
        for (const auto& [text, version] : found_)
            if (version && text.starts_with(folder.text + '/'))
                texts.push_back(text);
    const auto rows = kept_.in_folder(folder.text, folder.behind, versions_at_once);
    for (const auto& [text, version] : rows)
        texts.push_back(text);
    for (const std::string& text : texts)
        if (status_of(path_of_text(text), true).what == file_status::kind::nothing)
            end_deleted(text, into);
    if (rows.size() < versions_at_once)
        gone_folders_.pop_front();
    else
        folder.behind = rows.back().first;
    return true;
}

std::optional<file_mode::clock::time_point> whole_files::next_work() const
{
    if (!gone_folders_.empty())
        return clock::time_point::min();
    return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first);
}

bool whole_files::check(findings& into)
{
    const auto rows = kept_.behind(checked_, versions_at_once);
    for (const auto& [text, version] : rows)
    {
        const std::string path = path_of_text(text);
        const file_status found = status_of(path, tree_.follows(path));
        if (found.what != file_status::kind::regular && !found.error && tree_.is_trusted(path))
            end_deleted(text, into);
    }
    if (rows.size() < versions_at_once)
        return false;
    checked_ = rows.back().first;
    return true;
}

void whole_files::acknowledge(const std::vector<json::value>& positions)
{
    checkpoint::change change(kept_);
    for (const json::value& each : positions)
    {
        const json::array& position = each.as_array();
        const std::string path(position[0].as_string());
        if (position.size() == 4)
            kept_.put(path, version_in(position));
        else if (position[4].as_string() == deletion)
            kept_.remove(path);
    }
    change.commit();
    for (const json::value& each : positions)
    {
        const json::array& position = each.as_array();
        const auto found = found_.find(std::string(position[0].as_string()));
        const bool is_deletion = position.size() != 4;
        if (found != found_.end() &&
            (is_deletion ? !found->second : found->second == version_in(position)))
            found_.erase(found);
    }
}

void whole_files::consider(waiting it, clock::time_point now, findings& into)
{
    const file_status found = status_of(it.path, tree_.follows(it.path));
    const std::string text = text_of_path(it.path);
    if (found.error)
        return fail(std::move(it), found.error, now, into);
    if (found.what != file_status::kind::regular)
        return end_deleted(text, into);
    if (known(text) == found.version)
        return;
    if (found.version.size > of_.file_bytes)
        return refuse_large(text, found.version, into);
    const auto rest = unsettled(found.version);
    if (rest.count() > 0 && now - it.since < settles_at_most * of_.settle)
        return wait(std::move(it), now + std::chrono::duration_cast<clock::duration>(rest));
    read(std::move(it), text, now, into);
}

void whole_files::read(waiting it, const std::string& text, clock::time_point now, findings& into)
{
    open_file file(it.path, tree_.follows(it.path), of_.data_directory);
    if (!file.is_open())
        return fail(std::move(it), file.error(), now, into);
    const file_version before = file.status().version;
    if (before.size > of_.file_bytes)
        return refuse_large(text, before, into);
    std::string data = file.read(0, static_cast<std::size_t>(before.size));
    if (file.error())
        return fail(std::move(it), file.error(), now, into);
    const bool has_changed = file.status().version != before || data.size() != before.size;
    if (has_changed && ++it.attempts < most_attempts)
        return wait(std::move(it), now + of_.settle);
    // If it never rests, a version that was not there as a whole; the next look finds another.
    const file_version version{before.inode, before.modified, data.size()};
    found_[text] = version;
    into.push_back({.what = finding::kind::file,
                    .position = position_of(text, version),
                    .path = text,
                    .data = std::move(data),
                    .version = version});
}

void whole_files::wait(waiting it, clock::time_point until)
{
    if (is_waiting_.insert(it.path).second)
        waiting_.emplace(until, std::move(it));
}

// When files are followed, another look comes with the next change, as of its rights, or with the
// next rescan. Otherwise the letter is all that is left of it.
void whole_files::fail(waiting it, const std::error_code& why, clock::time_point now,
                       findings& into)
{
    if (why == std::errc::no_such_file_or_directory)
        return end_deleted(text_of_path(it.path), into);
    if (!of_.follow && it.attempts++ == 0)
        return wait(std::move(it), now + of_.settle);
    const std::string text = text_of_path(it.path);
    if (!of_.follow)
        into.push_back({.position = json::array{json::string(text), 0, 0, 0, "unreadable"},
                        .path = text,
                        .wrong = text + ": " + why.message()});
    else
        told_.tell(of_.tell, text, why);
}

void whole_files::refuse_large(const std::string& text, const file_version& version, findings& into)
{
    found_[text] = version;
    into.push_back({.position = position_of(text, version),
                    .path = text,
                    .version = version,
                    .wrong = text + ": is " + std::to_string(version.size) +
                             " bytes long; at most " + std::to_string(of_.file_bytes) +
                             " were expected"});
}

void whole_files::end_deleted(const std::string& text, findings& into)
{
    const std::optional<file_version> version = known(text);
    if (!version)
        return;
    found_[text] = std::nullopt;
    json::array position = position_of(text, *version);
    position.emplace_back(deletion);
    into.push_back({.what = finding::kind::deleted, .position = std::move(position), .path = text});
}

std::optional<file_version> whole_files::known(const std::string& text) const
{
    const auto found = found_.find(text);
    return found == found_.end() ? kept_.version(text) : found->second;
}

// How long it is too early to read it: another change within the same tick of the clock would not
// show. A time in the future says nothing.
std::chrono::nanoseconds whole_files::unsettled(const file_version& version) const
{
    const std::chrono::nanoseconds age = std::chrono::system_clock::now().time_since_epoch() -
                                         std::chrono::nanoseconds(version.modified);
    return age.count() < 0 ? std::chrono::nanoseconds(0) : of_.settle - age;
}

} // namespace files_package
