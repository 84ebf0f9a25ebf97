// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/component.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// A reader of the log lines of one graph.
class live_log_reader
{
public:
    virtual ~live_log_reader() = default;

    /// Called with each line; `node` may be empty. Must neither block nor throw. [any thread]
    virtual void heard(severity level, std::string_view node, std::string_view text) noexcept = 0;
};

/// Passes the lines of the log to the readers of the graphs that they are about. [any thread]
class live_log
{
public:
    /// Calls the readers of that graph.
    void publish(severity level, std::string_view graph, std::string_view node,
                 std::string_view text) noexcept;

    /// A reader that has gone is forgotten.
    void add(std::string graph, std::weak_ptr<live_log_reader> reader);

private:
    struct entry
    {
        std::string graph;
        std::weak_ptr<live_log_reader> reader;
    };

    std::mutex mutex_;
    std::vector<entry> readers_;
};

} // namespace penstock::host::api
