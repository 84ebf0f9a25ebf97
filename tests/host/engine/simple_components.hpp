// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/sdk.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

using namespace std::chrono_literals;

/// What publishers of all lanes have got.
class collected
{
public:
    void add(std::string text)
    {
        std::lock_guard lock(mutex_);
        texts_.push_back(std::move(text));
        changed_.notify_all();
    }

    [[nodiscard]] std::vector<std::string> texts() const
    {
        std::lock_guard lock(mutex_);
        return texts_;
    }

    [[nodiscard]] std::size_t size() const
    {
        std::lock_guard lock(mutex_);
        return texts_.size();
    }

    /// Waits until there are so many; returns whether there are.
    bool wait_for(std::size_t count, std::chrono::seconds most = 20s)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, most, [&] { return texts_.size() >= count; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> texts_;
};

/// An adapter that passes on what it gets.
class door final : public component
{
    accepts types{*this, {"*/*"}, triggers::taken};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

/// An adapter that makes a packet of each line of the data.
class lines final : public component
{
    accepts types{*this, {"text/plain"}};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string_view text = packet->data().view();
            if (text.empty())
                drop(std::move(*packet));
            for (std::size_t at = 0; at < text.size();)
            {
                const std::size_t end = std::min(text.find('\n', at), text.size());
                auto line = packet->derive();
                line.set("text", text.substr(at, end - at));
                out.send(std::move(line));
                at = end + 1;
            }
        }
    }
};

/// A publisher that collects the field `text`.
class sink final : public component
{
public:
    explicit sink(collected& into) : into_(into) {}

private:
    input in{*this, "in"};
    collected& into_;

    void run() override
    {
        while (auto packet = in.receive())
        {
            into_.add(packet->text("text", ""));
            deliver(std::move(*packet));
        }
    }
};

/// Runs a function as a component with `in` and `out`.
class function_component final : public component
{
public:
    using body = std::function<void(input&, output&, function_component&)>;
    explicit function_component(body run) : run_(std::move(run)) {}

    using component::deliver;
    using component::drop;
    using component::fail;
    using component::retry;

private:
    input in{*this, "in"};
    output out{*this, "out"};
    body run_;

    void run() override { run_(in, out, *this); }
};

} // namespace penstock::host::tests
