// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "received_message.hpp"

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

namespace kafka_package
{

/// Messages that wait to be taken, in the order in which they came. [one thread at a time]
class received_queue
{
public:
    /// At so many messages, or about so many bytes, it is full; it takes more all the same.
    received_queue(std::size_t most_messages, std::size_t most_bytes)
        : most_messages_(most_messages), most_bytes_(most_bytes)
    {
    }

    void push(received_message&& message)
    {
        bytes_ += message.bytes();
        messages_.push_back(std::move(message));
    }

    /// Takes the first ones, at most so many.
    [[nodiscard]] std::vector<received_message> take(std::size_t most)
    {
        std::vector<received_message> taken;
        for (; !messages_.empty() && taken.size() < most; messages_.pop_front())
        {
            bytes_ -= messages_.front().bytes();
            taken.push_back(std::move(messages_.front()));
        }
        return taken;
    }

    /// Throws the messages of a partition away.
    void forget(const partition_name& partition)
    {
        std::erase_if(messages_,
                      [&](const received_message& each)
                      {
                          const bool is_of_it = each.from == partition;
                          bytes_ -= is_of_it ? each.bytes() : 0;
                          return is_of_it;
                      });
    }

    [[nodiscard]] bool empty() const noexcept { return messages_.empty(); }

    [[nodiscard]] bool is_full() const noexcept
    {
        return messages_.size() >= most_messages_ || bytes_ >= most_bytes_;
    }

    /// Whether no more than half of it is in use.
    [[nodiscard]] bool is_half_empty() const noexcept
    {
        return messages_.size() <= most_messages_ / 2 && bytes_ <= most_bytes_ / 2;
    }

private:
    const std::size_t most_messages_;
    const std::size_t most_bytes_;
    std::deque<received_message> messages_;
    std::size_t bytes_ = 0;
};

} // namespace kafka_package
