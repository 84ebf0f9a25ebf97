// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_windows.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace route_package
{

milliseconds_since_1970 open_windows::start_of(milliseconds_since_1970 time) const
{
    const std::int64_t rest = time % size_;
    return time - (rest < 0 ? rest + size_ : rest);
}

// The sessions of a key that a packet of that time belongs to: one, or two that it joins.
std::vector<open_windows::places::const_iterator>
open_windows::sessions_at(const std::string& key, milliseconds_since_1970 time) const
{
    std::vector<places::const_iterator> found;
    const auto behind = windows_.upper_bound({key, time});
    if (behind != windows_.begin())
        if (const auto before = std::prev(behind);
            before->first.first == key && time - before->second.end < size_)
            found.push_back(before);
    if (behind != windows_.end() && behind->first.first == key &&
        behind->second.start - time < size_)
        found.push_back(behind);
    return found;
}

void open_windows::add(const std::string& key, window_member member)
{
    ++count_;
    if (are_sessions_)
        return add_to_session(key, std::move(member));
    const milliseconds_since_1970 begin = start_of(member.time);
    auto into = windows_.find({key, begin});
    if (into == windows_.end())
    {
        insert({key, begin, begin + size_, {}});
        into = windows_.find({key, begin});
    }
    into->second.members.push_back(std::move(member));
}

void open_windows::add_to_session(const std::string& key, window_member member)
{
    window whole{key, member.time, member.time, {}};
    for (const places::const_iterator each : sessions_at(key, member.time))
    {
        window joined = extract(each);
        whole.start = std::min(whole.start, joined.start);
        whole.end = std::max(whole.end, joined.end);
        if (whole.members.empty())
            whole.members = std::move(joined.members);
        else
            std::ranges::move(joined.members, std::back_inserter(whole.members));
    }
    whole.members.push_back(std::move(member));
    insert(std::move(whole));
}

void open_windows::insert(window added)
{
    const milliseconds_since_1970 closes = closing_time(added);
    place at{added.key, added.start};
    const auto here = windows_.emplace(std::move(at), std::move(added)).first;
    closings_.emplace(closes, here->first.first, here->first.second);
}

window open_windows::extract(places::const_iterator which)
{
    closings_.erase({closing_time(which->second), which->first.first, which->first.second});
    return std::move(windows_.extract(which).mapped());
}

window open_windows::take_earliest()
{
    const auto& [closes, key, start] = *closings_.begin();
    window taken = extract(windows_.find({std::string(key), start}));
    count_ -= taken.members.size();
    return taken;
}

bool open_windows::is_late(const std::string& key, milliseconds_since_1970 time,
                           milliseconds_since_1970 closed_until) const
{
    if (are_sessions_)
        return time + size_ <= closed_until && sessions_at(key, time).empty();
    const milliseconds_since_1970 start = start_of(time);
    return start + size_ <= closed_until && !windows_.contains({key, start});
}

std::vector<window> open_windows::take_until(milliseconds_since_1970 time)
{
    std::vector<window> taken;
    while (!closings_.empty() && std::get<0>(*closings_.begin()) <= time)
        taken.push_back(take_earliest());
    return taken;
}

std::vector<window> open_windows::take_down_to(std::size_t count)
{
    std::vector<window> taken;
    do
        taken.push_back(take_earliest());
    while (count_ > count);
    return taken;
}

std::vector<window> open_windows::take_all()
{
    return take_until(std::numeric_limits<milliseconds_since_1970>::max());
}

} // namespace route_package
