// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include <sys/types.h>

namespace penstock::bench
{

/// A server of HTTP/1.1 on a port of its own on 127.0.0.1, in a process of its own, so that its
/// time is not counted. It answers every request with 200, and those for `_bulk` as an engine does
/// that has taken all. Ended with its object.
class sink
{
public:
    /// Begins it. Throws std::runtime_error if there is no port.
    sink();
    ~sink();
    sink(const sink&) = delete;
    sink& operator=(const sink&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }

private:
    std::string url_;
    pid_t process_ = -1;
};

} // namespace penstock::bench
