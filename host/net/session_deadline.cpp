// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session_deadline.hpp"

namespace penstock::host::http
{

session_deadline::session_deadline(const io_executor& executor, std::function<void()> missed,
                                   clock::duration again)
    : timer_{executor}, missed_{std::move(missed)}, again_{again}
{
}

void session_deadline::cancel()
{
    due_ = never; // the timer may have rung, and ring() is only waiting for its turn
    timer_.cancel();
}

void session_deadline::arm(clock::time_point at)
{
    armed_ = at;
    timer_.expires_at(at);
    timer_.async_wait(
        [this, owner = owner_.lock()](boost::system::error_code error)
        {
            if (!error)
            {
                ring();
            }
        });
}

void session_deadline::ring()
{
    armed_ = never;
    if (due_ == never)
    {
        return;
    }
    if (clock::now() < due_)
    {
        arm(due_);
        return;
    }
    passed_ = true;
    arm(clock::now() + again_);
    missed_();
}

} // namespace penstock::host::http
