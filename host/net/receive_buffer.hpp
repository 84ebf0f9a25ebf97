// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace penstock::host::http
{

/// The received bytes that are not used yet, in one piece. Small while a connection idles
/// (ten thousand of them do), larger while a body comes in; never cleared before use.
class receive_buffer
{
public:
    static constexpr std::size_t small = 4096;
    static constexpr std::size_t large = 16 * small;

    std::string_view view() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }

    std::size_t size() const noexcept { return end_ - begin_; }

    bool empty() const noexcept { return begin_ == end_; }

    /// Offers room for some more bytes, at a capacity of at least `wanted`.
    std::span<char> room(std::size_t wanted)
    {
        if (begin_ > 0)
        {
            std::memmove(bytes_.get(), bytes_.get() + begin_, size());
            end_ -= begin_;
            begin_ = 0;
        }
        if (capacity_ < wanted || end_ == capacity_)
        {
            const auto grown = std::max(wanted, 2 * end_);
            auto larger = std::make_unique_for_overwrite<char[]>(grown);
            if (end_ > 0)
            {
                std::memcpy(larger.get(), bytes_.get(), end_);
            }
            bytes_ = std::move(larger);
            capacity_ = grown;
        }
        return {bytes_.get() + end_, capacity_ - end_};
    }

    void commit(std::size_t count) noexcept { end_ += count; }

    void consume(std::size_t count) noexcept
    {
        begin_ += count;
        if (begin_ == end_)
        {
            begin_ = end_ = 0;
        }
    }

    /// Gives a large block back once it is empty.
    void shrink() noexcept
    {
        if (empty() && capacity_ > small)
        {
            bytes_.reset();
            capacity_ = 0;
        }
    }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace penstock::host::http
