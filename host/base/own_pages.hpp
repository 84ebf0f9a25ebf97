// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <span>

namespace penstock::host
{

/// Memory in pages of its own, zero at first, which go back to the system when this object ends:
/// for what is large, short-lived and freed among small things that stay, where malloc would keep
/// it. Movable. One thread at a time.
class own_pages
{
public:
    /// `size` is in bytes, and may be 0. Throws std::bad_alloc.
    explicit own_pages(std::size_t size);

    own_pages(own_pages&& other) noexcept;
    own_pages& operator=(own_pages&& other) noexcept;
    ~own_pages();

    [[nodiscard]] std::span<std::byte> bytes() noexcept { return bytes_; }
    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

private:
    std::span<std::byte> bytes_;
};

} // namespace penstock::host
