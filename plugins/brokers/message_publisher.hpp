// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/publisher.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace brokers
{

/// A publisher that makes a message of each packet and sends those of a batch together. `Message`
/// has a `place()`, that of its packet in the batch.
template <class Message>
class message_publisher : public penstock::publisher
{
protected:
    message_publisher()
        : publisher({.count = 1000,
                     .bytes = penstock::byte_count{5 << 20},
                     .wait = std::chrono::milliseconds(0)})
    {
    }

    /// Makes the message of a packet that stands at a place of its batch and outlives it. Throws
    /// std::invalid_argument for a packet that none can be made of: it fails. Never suspends.
    [[nodiscard]] virtual Message make_message(std::size_t place, const penstock::packet& of) = 0;

    /// Sends messages, at least one, in order; marks and exceptions are those of write().
    virtual void send(std::span<const Message* const> messages) = 0;

private:
    // A packet of nothing is none.
    void write(penstock::batch& items) final
    {
        std::vector<Message> messages;
        messages.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (items[i].field_count() == 0 && items[i].data().empty())
            {
                drop(i);
                continue;
            }
            try
            {
                messages.push_back(make_message(i, items[i]));
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        std::vector<const Message*> all;
        all.reserve(messages.size());
        for (const Message& each : messages)
            all.push_back(&each);
        if (!all.empty())
            send(all);
    }
};

} // namespace brokers
