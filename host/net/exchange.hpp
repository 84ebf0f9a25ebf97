// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handler.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace penstock::host::http
{

/// Carries one answer from whoever gives it, on any thread, to the one session that waits for it.
class exchange
{
public:
    /// `wake` is called on the answering thread, and never after `abandon` has returned.
    explicit exchange(std::function<void()> wake) : wake_{std::move(wake)} {}

    /// Takes the first answer; the others are ignored.
    void give(response answer)
    {
        const std::lock_guard lock{mutex_};
        if (answered_)
        {
            return;
        }
        answered_ = true;
        answer_ = std::move(answer);
        if (awaited_ && wake_)
        {
            wake_();
        }
    }

    [[nodiscard]] bool is_answered() const
    {
        const std::lock_guard lock{mutex_};
        return answered_;
    }

    /// Hands out the answer if it is there; else the next `give` wakes.
    std::optional<response> take()
    {
        const std::lock_guard lock{mutex_};
        awaited_ = true;
        return std::exchange(answer_, std::nullopt);
    }

    void abandon()
    {
        const std::lock_guard lock{mutex_};
        answered_ = true;
        wake_ = nullptr;
    }

private:
    mutable std::mutex mutex_;
    std::function<void()> wake_;
    std::optional<response> answer_;
    bool answered_ = false;
    bool awaited_ = false;
};

/// Makes the function a handler answers with. When its last copy goes uncalled, it answers 500.
inline reply reply_to(std::shared_ptr<exchange> waiting)
{
    struct promise
    {
        explicit promise(std::shared_ptr<exchange> to) : waiting{std::move(to)} {}

        promise(const promise&) = delete;
        promise& operator=(const promise&) = delete;

        ~promise()
        {
            if (!waiting->is_answered())
                waiting->give(response::problem(500, {}, "the request was not answered"));
        }

        std::shared_ptr<exchange> waiting;
    };

    return [kept = std::make_shared<promise>(std::move(waiting))](response answer)
    { kept->waiting->give(std::move(answer)); };
}

} // namespace penstock::host::http
