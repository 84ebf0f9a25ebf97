// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "completion.hpp"
#include "host/net/asio_types.hpp"
#include "host/net/connection.hpp"
#include "host/net/message.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace penstock::host::http
{

/// A session's wait for the answers to its requests, one after the other. All members run on the
/// executor.
class answer_wait
{
public:
    explicit answer_wait(const io_executor& executor) : executor_{executor}, timer_{executor} {}
    ~answer_wait();
    answer_wait(const answer_wait&) = delete;
    answer_wait& operator=(const answer_wait&) = delete;

    /// Names the object that has this member, which an answer from another thread finds alive or
    /// gone. Call before begin().
    void belong_to(std::weak_ptr<void> owner) { owner_ = std::move(owner); }

    /// Makes what the next request is answered with.
    [[nodiscard]] reply begin();

    /// Returns the answer if it is there.
    [[nodiscard]] std::optional<any_answer> take() { return completion_->take(); }

    /// Waits until the answer may be there, or for stop().
    [[nodiscard]] connection::outcome<> come();

    /// Has answers that are due later given now, from now on.
    void hurry();

    /// Ends the waiting.
    void stop() { timer_.cancel(); }

private:
    io_executor executor_;
    steady_timer timer_;
    std::weak_ptr<void> owner_;
    std::shared_ptr<completion> completion_; // used again, unless somebody still has it
    bool is_hurried_ = false;
};

} // namespace penstock::host::http
