// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/answer/completion.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <semaphore>
#include <stdexcept>
#include <utility>

namespace penstock::host::http::testing
{

/// Waits for the answer to one request, as a session does, without a socket.
class awaited_answer
{
public:
    awaited_answer() = default;
    ~awaited_answer() { waiting_->abandon(); }
    awaited_answer(const awaited_answer&) = delete;
    awaited_answer& operator=(const awaited_answer&) = delete;

    /// What a handler answers with. Call once.
    [[nodiscard]] reply to() const { return reply(waiting_); }

    /// The answer, if it has come.
    [[nodiscard]] std::optional<response> look() const
    {
        auto answer = waiting_->take();
        return answer ? std::optional(spelled_out(*std::move(answer))) : std::nullopt;
    }

    /// Throws if nothing comes in 30 s.
    [[nodiscard]] response wait()
    {
        const auto deadline = completion::clock::now() + std::chrono::seconds(30);
        std::optional<response> answer = look();
        while (!answer && completion::clock::now() < deadline)
        {
            (void)woken_.try_acquire_until(std::min(deadline, waiting_->due()));
            answer = look();
        }
        if (!answer)
            throw std::runtime_error("no answer");
        return *std::move(answer);
    }

private:
    std::counting_semaphore<> woken_{0};
    std::shared_ptr<completion> waiting_ =
        std::make_shared<completion>([this] { woken_.release(); });
};

} // namespace penstock::host::http::testing
