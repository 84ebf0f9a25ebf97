// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/own_window.hpp>

namespace penstock::detail
{

std::optional<own_window::clock::time_point> own_window::closed_until(clock::time_point now,
                                                                      clock::time_point deadline,
                                                                      bool is_held, bool is_due)
{
    if (!is_held && !(may_hold_ && is_due))
    {
        closed_until_.reset();
        return std::nullopt;
    }
    if (!closed_until_)
        closed_until_ = deadline > now + longest ? now + patience : deadline;
    if (now < *closed_until_ || deadline <= *closed_until_)
        return closed_until_;
    *this = {}; // whoever waits on has no window
    return std::nullopt;
}

} // namespace penstock::detail
