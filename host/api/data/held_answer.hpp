// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/deadline_queue.hpp"
#include "host/net/handler.hpp"

#include <mutex>
#include <utility>

namespace penstock::host::http
{

/// Keeps an answer that waits for its receipt or for the end of the client's patience, whichever
/// comes first. [any thread]
class held_answer
{
public:
    explicit held_answer(reply to) : answer_(std::move(to)) {}

    /// Gives the first answer, lets go of the connection, and cancels the deadline.
    void give(response made)
    {
        reply to;
        deadline_queue::deadline due;
        {
            std::lock_guard lock(mutex_);
            to.swap(answer_);
            std::swap(due, due_);
        }
        due.cancel();
        if (to)
            to(std::move(made));
    }

    /// Takes the deadline, which is of no use any more if the answer was given before.
    void set(deadline_queue::deadline due)
    {
        {
            std::lock_guard lock(mutex_);
            if (answer_)
            {
                due_ = std::move(due);
                return;
            }
        }
        due.cancel();
    }

private:
    std::mutex mutex_;
    reply answer_;
    deadline_queue::deadline due_;
};

} // namespace penstock::host::http
