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
    const milliseconds_since_1970 begin = are_sessions_ ? member.time : start_of(member.time);
    earliest_ = count_ == 0 ? begin + size_ : std::min(earliest_, begin + size_);
    ++count_;
    if (are_sessions_)
        return add_to_session(key, std::move(member));
    window& into =
        windows_.try_emplace({key, begin}, window{key, begin, begin + size_, {}}).first->second;
    into.members.push_back(std::move(member));
}

void open_windows::add_to_session(const std::string& key, window_member member)
{
    window whole{key, member.time, member.time, {}};
    for (const places::const_iterator each : sessions_at(key, member.time))
    {
        window joined = std::move(windows_.extract(each).mapped());
        whole.start = std::min(whole.start, joined.start);
        whole.end = std::max(whole.end, joined.end);
        if (whole.members.empty())
            whole.members = std::move(joined.members);
        else
            std::ranges::move(joined.members, std::back_inserter(whole.members));
    }
    whole.members.push_back(std::move(member));
    const place at{key, whole.start};
    windows_.emplace(at, std::move(whole));
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
    if (count_ == 0 || time < earliest_)
        return taken;
    earliest_ = std::numeric_limits<milliseconds_since_1970>::max();
    for (auto each = windows_.begin(); each != windows_.end();)
        if (closing_time(each->second) <= time)
        {
            count_ -= each->second.members.size();
            taken.push_back(std::move(each->second));
            each = windows_.erase(each);
        }
        else
        {
            earliest_ = std::min(earliest_, closing_time(each->second));
            ++each;
        }
    std::ranges::stable_sort(taken, {}, &window::end);
    return taken;
}

std::vector<window> open_windows::take_first()
{
    const auto first =
        std::ranges::min_element(windows_, {}, [](const auto& each) { return each.second.end; });
    count_ -= first->second.members.size();
    std::vector<window> taken;
    taken.push_back(std::move(first->second));
    windows_.erase(first);
    return taken;
}

std::vector<window> open_windows::take_all()
{
    return take_until(std::numeric_limits<milliseconds_since_1970>::max());
}

} // namespace route_package
