// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tree.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace files_package
{

namespace
{

using namespace std::chrono_literals;

constexpr std::size_t most_changes = 100'000;     // kept; more make it look at everything
constexpr std::size_t steps_between_changes = 64; // entries of folders
constexpr auto between_looks_for_missing = 500ms;

} // namespace

tree::tree(const read_settings& of) : of_(of)
{
    for (const std::string& each : of.paths)
        roots_.emplace_back(each);
    if (!of.data_directory.empty())
        if (const file_status host = status_of(of.data_directory, true);
            host.what == file_status::kind::folder)
            forbidden_ = host.key;
    if (of.follow)
        watch_ = std::make_unique<folder_watch>();
    scan();
}

void tree::scan()
{
    ++scans_;
    open_.reset();
    to_scan_.clear();
    found_.clear();
    is_found_.clear();
    for (std::size_t i = 0; i < roots_.size(); ++i)
        begin(i);
}

std::optional<path_to_look_at> tree::next(clock::time_point now)
{
    for (;;)
    {
        if (!found_.empty())
        {
            path_to_look_at next = std::move(found_.front());
            found_.pop_front();
            is_found_.erase(next.path);
            return next;
        }
        // By turns, so that neither changes nor what is there already have to wait for the other.
        if (!is_scanning() || ++steps_ % steps_between_changes == 0)
            take_changes();
        if (is_open())
            read_entry();
        else if (!to_scan_.empty())
            open_next();
        else if (found_.empty())
        {
            look_for_missing(now);
            if (to_scan_.empty())
                return std::nullopt;
        }
    }
}

bool tree::is_trusted(std::string_view path) const
{
    bool is_below = false;
    for (const root& each : roots_)
    {
        if (each.path() == path) // it was a file then
            return status_of(folder_of(path), true).what == file_status::kind::folder;
        if (!each.relative(path))
            continue;
        if (!each.is_trusted())
            return false;
        is_below = true;
    }
    return is_below;
}

bool tree::follows(std::string_view path) const
{
    return of_.links ||
           std::ranges::any_of(roots_, [path](const root& each) { return each.path() == path; });
}

bool tree::means(std::string_view path) const
{
    return std::ranges::any_of(roots_,
                               [&](const root& each)
                               {
                                   const auto relative = each.relative(path);
                                   return relative && each.means(*relative) &&
                                          of_.files.takes(*relative);
                               });
}

void tree::begin(std::size_t root)
{
    files_package::root& it = roots_[root];
    it.look();
    if (it.is_there())
        to_scan_.push_back({root, it.folder(), 0});
    else if (it.error())
        told_.tell(of_.tell, text_of_path(it.path()), it.error());
}

// A folder that comes later, or comes back, is no change of one that is watched.
void tree::look_for_missing(clock::time_point now)
{
    if (!of_.follow || now < next_look_)
        return;
    next_look_ = now + between_looks_for_missing;
    for (std::size_t i = 0; i < roots_.size(); ++i)
        if (!roots_[i].is_there())
            begin(i);
}

void tree::take_changes()
{
    if (watch_ == nullptr)
        return;
    const bool is_complete =
        watch_->changes([this](const folder_change& change) { take_change(change); });
    if (is_complete && found_.size() < most_changes)
        return;
    overflows_ += is_complete ? 0 : 1;
    scan();
}

void tree::take_change(const folder_change& change)
{
    const auto found = watched_.find(change.watch);
    if (found == watched_.end())
        return;
    const std::vector<place> places = found->second;
    if (change.what == folder_change::kind::self_gone)
    {
        watched_.erase(found);
        watch_->remove(change.watch);
    }
    for (const place& each : places)
    {
        const std::string path = path_in(each.folder, change.name);
        switch (change.what)
        {
        case folder_change::kind::file:
            if (of_.links && status_of(path, true).what == file_status::kind::folder)
                enter(each, path, roots_[each.root].relative(path).value_or(path));
            else
                add(each, change.name);
            break;
        case folder_change::kind::folder:
            if (const auto relative = roots_[each.root].relative(path))
                enter(each, path, *relative);
            break;
        case folder_change::kind::folder_gone:
            forget_below(path);
            found_.push_back({path, true, true});
            break;
        case folder_change::kind::self_gone:
            if (each.depth == 0) // others are told of by the folder that they are in
                roots_[each.root].look();
            if (each.depth == 0 && roots_[each.root].is_there())
                to_scan_.push_back({each.root, roots_[each.root].folder(), 0});
            break;
        }
    }
}

void tree::open_next()
{
    at_ = std::move(to_scan_.front());
    to_scan_.pop_front();
    const int folder = ::open(at_.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    struct stat opened;
    if (folder < 0 || ::fstat(folder, &opened) != 0)
    {
        if (errno != ENOENT && errno != ENOTDIR)
            told_.tell(of_.tell, text_of_path(at_.folder), {errno, std::generic_category()});
        if (folder >= 0)
            ::close(folder);
        return;
    }
    const file_key key{opened.st_dev, opened.st_ino};
    bool is_left_out = forbidden_ == key;
    for (const ancestor* each = at_.above.get(); each != nullptr; each = each->before.get())
        is_left_out = is_left_out || each->key == key;
    if (is_left_out)
    {
        ::close(folder);
        return;
    }
    at_.above = std::make_shared<ancestor>(ancestor{key, at_.above});
    if (watch_ != nullptr)
        watch(at_); // first: what comes while it is read is told
    open_.reset(::fdopendir(folder));
}

void tree::watch(const place& folder)
{
    const int number = watch_->add(folder.folder);
    if (number < 0)
    {
        if (errno == ENOSPC && !std::exchange(lacks_watches_, true))
            of_.tell(
                text_of_path(folder.folder) +
                ": no watch is left; changes in it and in further folders are seen at the next "
                "rescan only: a greater fs.inotify.max_user_watches was expected");
        return;
    }
    std::vector<place>& places = watched_[number];
    const auto is_same = [&](const place& each)
    { return each.root == folder.root && each.folder == folder.folder; };
    if (std::ranges::none_of(places, is_same))
        places.push_back({folder.root, folder.folder, folder.depth, folder.above});
}

// A folder that was renamed is watched on by its number, under a path that is no more.
void tree::forget_below(const std::string& folder)
{
    for (auto it = watched_.begin(); it != watched_.end();)
    {
        std::erase_if(it->second, [&](const place& each)
                      { return each.folder == folder || each.folder.starts_with(folder + '/'); });
        if (it->second.empty())
            watch_->remove(it->first);
        it = it->second.empty() ? watched_.erase(it) : std::next(it);
    }
    std::erase_if(to_scan_, [&](const place& each)
                  { return each.folder == folder || each.folder.starts_with(folder + '/'); });
}

void tree::read_entry()
{
    errno = 0;
    const dirent* const entry = ::readdir(open_.get());
    if (entry == nullptr)
    {
        if (errno != 0)
            told_.tell(of_.tell, text_of_path(at_.folder), {errno, std::generic_category()});
        open_.reset();
        return;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..")
        return;
    if (at_.depth == 0)
        roots_[at_.root].see_entry();
    if (entry->d_type == DT_REG)
        return add(at_, name);
    if (entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
        return;
    const std::string path = path_in(at_.folder, name);
    const auto relative = roots_[at_.root].relative(path);
    if (entry->d_type == DT_DIR && relative)
        return enter(at_, path, *relative);
    const file_status found = status_of(path, follows(path));
    if (found.what == file_status::kind::folder && relative)
        enter(at_, path, *relative);
    else if (found.what == file_status::kind::regular)
        add(at_, name);
}

void tree::enter(const place& in, const std::string& folder, std::string_view relative)
{
    if (in.depth < roots_[in.root].depth() && !of_.files.leaves_out(relative))
        to_scan_.push_back({in.root, folder, in.depth + 1, in.above});
}

void tree::add(const place& in, std::string_view name)
{
    std::string path = path_in(in.folder, name);
    const bool is_one = is_meant(in, path);
    if (is_found_.insert(path).second)
        found_.push_back({std::move(path), is_one, false});
}

bool tree::is_meant(const place& in, const std::string& path) const
{
    const auto relative = roots_[in.root].relative(path);
    return relative && roots_[in.root].means(*relative) && of_.files.takes(*relative);
}

} // namespace files_package
