// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_log.hpp"

#include <utility>

namespace penstock::host::api
{

void live_log::publish(severity level, std::string_view graph, std::string_view node,
                       std::string_view text) noexcept
{
    const std::lock_guard lock(mutex_);
    for (const entry& each : readers_)
        if (each.graph == graph)
            if (const auto reader = each.reader.lock())
                reader->heard(level, node, text);
}

void live_log::add(std::string graph, std::weak_ptr<live_log_reader> reader)
{
    const std::lock_guard lock(mutex_);
    std::erase_if(readers_, [](const entry& each) { return each.reader.expired(); });
    readers_.push_back({std::move(graph), std::move(reader)});
}

} // namespace penstock::host::api
