// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace penstock::host::supervise
{

/// Owns a file descriptor.
class descriptor
{
public:
    descriptor() = default;
    explicit descriptor(int number) : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    void close() noexcept;
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_ = -1;
};

/// Opens a TCP socket that listens on a numeric address; port 0 means any free one. Throws
/// std::system_error.
[[nodiscard]] descriptor listen_on(const std::string& address, std::uint16_t port);

} // namespace penstock::host::supervise
