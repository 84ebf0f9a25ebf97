// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/publisher.hpp>

#include "attempt.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace penstock
{

publisher::publisher(batch_limits fallback)
    : batch_count_(*this, "batch_count", fallback.count, "The most packets of one batch.",
                   range{1, 1'000'000}),
      batch_bytes_(*this, "batch_bytes", fallback.bytes,
                   "About the most bytes of one batch; 0: any number."),
      batch_wait_(*this, "batch_wait", fallback.wait,
                  "How long the first packet of a batch waits for others.", range{0, 3'600'000}),
      limits_(fallback)
{
}

publisher::~publisher() = default;

void publisher::run()
{
    const std::size_t count = batch_count_.is_given() ? *batch_count_ : limits_.count;
    const byte_count bytes = batch_bytes_.is_given() ? *batch_bytes_ : limits_.bytes;
    const std::chrono::milliseconds wait = batch_wait_.is_given() ? *batch_wait_ : limits_.wait;
    const auto is_connected = [this](batch& items)
    {
        std::optional<detail::failure> failed = detail::attempt([this] { connect(); });
        if (!failed)
            return true;
        items.clear();
        detail::current()->away(std::move(failed->reason),
                                failed->retry_after.value_or(std::chrono::milliseconds(0)));
        return false;
    };
    batch nothing;
    bool connected = !detail::current()->is_away() && is_connected(nothing);
    while (batch items = in.receive_some(count, wait, static_cast<std::uint64_t>(bytes)))
    {
        connected = connected || is_connected(items);
        if (connected)
            connected = publish(items);
    }
}

// Whether the outside is still there.
bool publisher::publish(batch& items)
{
    marks_.assign(items.size(), {});
    std::optional<detail::failure> failed = detail::attempt([&] { write(items); });
    const bool is_away = failed && failed->retry_after;
    bool is_told = false;
    const std::size_t known = std::min(items.size(), marks_.size());
    for (std::size_t i = 0; i < known; ++i)
    {
        if (detail::packet_access::is_none(items[i]))
            continue;
        mark& how = marks_[i];
        if (how.verb == verb::none && failed)
        {
            is_told = true;
            if (is_away)
                continue;
            how = {verb::retry, failed->reason};
        }
        end(std::move(items[i]), how);
    }
    items.clear();
    if (is_away || (failed && !is_told))
        detail::report(std::move(*failed));
    return !is_away;
}

void publisher::end(packet&& item, mark& how)
{
    switch (how.verb)
    {
    case verb::none:
    case verb::deliver: return component::deliver(std::move(item));
    case verb::drop: return component::drop(std::move(item));
    case verb::fail: return component::fail(std::move(item), std::move(how.reason));
    case verb::retry: return component::retry(std::move(item), std::move(how.reason));
    }
}

void publisher::deliver(std::size_t item)
{
    marks_.at(item) = {verb::deliver, {}};
}

void publisher::drop(std::size_t item)
{
    marks_.at(item) = {verb::drop, {}};
}

void publisher::fail(std::size_t item, std::string reason)
{
    marks_.at(item) = {verb::fail, std::move(reason)};
}

void publisher::retry(std::size_t item, std::string reason)
{
    marks_.at(item) = {verb::retry, std::move(reason)};
}

} // namespace penstock
