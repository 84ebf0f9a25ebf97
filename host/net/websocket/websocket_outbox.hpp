// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/utf8.hpp"
#include "websocket.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::http
{

/// Queues what is to be said over one WebSocket, up to a number of bytes, for the one session that
/// says it. [any thread]
class websocket_outbox final : public websocket
{
public:
    /// Why the connection is to end.
    struct goodbye
    {
        close_code code = close_code::normal;
        std::string why;
    };

    /// What is to be said next; the goodbye comes last.
    struct batch
    {
        std::vector<std::string> texts;
        std::optional<goodbye> end;
    };

    /// `wake` is called when something is put into an empty box, and never after end().
    websocket_outbox(std::size_t most, std::function<void()> wake)
        : most_{most}, wake_{std::move(wake)}
    {
    }

    bool send(std::string text) override
    {
        text = repair_utf8(std::move(text)); // a browser ends the connection over anything else
        const std::lock_guard lock{mutex_};
        if (!wake_ || waiting_.end || text.size() > most_ - bytes_)
            return false;
        bytes_ += text.size();
        waiting_.texts.push_back(std::move(text));
        if (waiting_.texts.size() == 1)
            wake_();
        return true;
    }

    void close(close_code code, std::string why) override
    {
        const std::lock_guard lock{mutex_};
        if (!wake_ || waiting_.end)
            return;
        waiting_.end = goodbye{code, std::move(why)};
        wake_();
    }

    /// Takes all that waits. The goodbye stays: nothing comes after it. [the session]
    [[nodiscard]] batch take()
    {
        const std::lock_guard lock{mutex_};
        bytes_ = 0;
        return {std::exchange(waiting_.texts, {}), waiting_.end};
    }

    /// Ends the taking. [the session]
    void end()
    {
        const std::lock_guard lock{mutex_};
        wake_ = nullptr;
        waiting_ = {};
    }

private:
    const std::size_t most_;
    std::mutex mutex_;
    std::function<void()> wake_;
    batch waiting_;
    std::size_t bytes_ = 0;
};

} // namespace penstock::host::http
