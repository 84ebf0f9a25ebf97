// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"
#include "prepared_answer.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>

namespace penstock::host::http
{

/// What a request is answered with. A prepared answer is not made before it is written, by the thread
/// of the connection.
using any_answer = std::variant<response, filled_answer>;

/// Makes a usual answer of any.
[[nodiscard]] response spelled_out(any_answer answer);

/// One answer on its way from whoever gives it to the one who waits for it: a session, whose timer
/// rings when the answer is due. [any thread]
class completion
{
public:
    using clock = std::chrono::steady_clock;

    /// `wake` is called on the thread that brings the answer or sets when it is due, if that comes
    /// after the first take(), and never after abandon() has returned.
    explicit completion(std::function<void()> wake = {}) : wake_{std::move(wake)} {}

    /// Takes the first answer; the others are ignored.
    void give(any_answer answer);

    /// Sets the time at which `otherwise` makes the answer, if there is none by then.
    void give_at(clock::time_point when, std::function<response()> otherwise);

    /// Makes what is, or will be, due later due now.
    void hurry();

    /// Answers 500, for nobody is left to answer, unless an answer is due at some time.
    void forget();

    /// Hands out the answer if it is there, or due.
    std::optional<any_answer> take();

    /// When to look again at the latest.
    [[nodiscard]] clock::time_point due() const;

    /// Nobody waits any more.
    void abandon();

    /// Makes it as new, for another answer. It was answered or abandoned, and nobody else has it.
    void renew();

private:
    friend class reply;

    static constexpr clock::time_point never = clock::time_point::max();

    void wake() const;

    std::atomic<std::size_t> replies_ = 0; // that may still answer
    mutable std::mutex mutex_;
    const std::function<void()> wake_;
    std::optional<any_answer> answer_;
    clock::time_point due_ = never;
    std::function<response()> otherwise_;
    bool is_answered_ = false;
    bool is_awaited_ = false;
    bool is_hurried_ = false;
};

/// What a handler answers one request with. Copies share the answer: may be called from any thread,
/// once, now or later; later calls are ignored. If every copy is destroyed without a call, the
/// client gets 500. Calls after the connection or the server has gone are harmless.
class reply
{
public:
    /// Answers nobody; must not be called.
    reply() = default;

    /// Answers to the one who waits at `to`.
    explicit reply(std::shared_ptr<completion> to);
    ~reply();
    reply(const reply& other);
    reply(reply&& other) noexcept = default;
    reply& operator=(reply other) noexcept;

    void operator()(any_answer answer) const;

    /// Sets the time at which `otherwise` makes the answer, if there is none by then. It runs where
    /// the answer is waited for, and must not block.
    void at(completion::clock::time_point when, std::function<response()> otherwise) const;

private:
    std::shared_ptr<completion> to_;
};

} // namespace penstock::host::http
