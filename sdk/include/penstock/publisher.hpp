// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/unavailable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock
{

/// The bounds of the batches of a publisher.
struct batch_limits
{
    std::uint32_t count = 1000;          ///< the most packets
    byte_count bytes{0};                 ///< about the most bytes; 0: any number
    std::chrono::milliseconds wait{100}; ///< how long the first waits for others
};

/// A component with one input that gives packets to the outside, a batch at a time.
///
/// Declares the parameters `batch_count`, `batch_bytes` and `batch_wait`.
class PENSTOCK_EXPORT publisher : public component
{
protected:
    /// Registers the parameters; `fallback` has their defaults.
    explicit publisher(batch_limits fallback = {});
    ~publisher() override;

    /// Connects with the outside: before the first batch, and again after it was unavailable. Any
    /// std::exception says that it is. [the component's own fiber; may suspend]
    virtual void connect() {}

    /// Publishes the items, in order. When it returns, each item without a mark is delivered. When
    /// it throws `unavailable`, each item without a mark waits. When it throws any other
    /// std::exception, each item without a mark uses one attempt and is tried again, in order, and
    /// alone in its last; marks stay. [the component's own fiber; may suspend]
    virtual void write(batch& items) = 0;

    // The marks that write() sets, each by the index of an item in the batch; the last one counts.
    // [within write()] They never suspend, and throw std::out_of_range for an index beyond the
    // batch.

    /// Marks an item as delivered.
    void deliver(std::size_t item);

    /// Marks an item as dropped on purpose.
    void drop(std::size_t item);

    /// Marks an item as failed, for good.
    void fail(std::size_t item, std::string reason);

    /// Marks an item as failed for now: it uses one attempt, as after an exception.
    void retry(std::size_t item, std::string reason);

    /// Replaces the bounds that the graph does not give. In start().
    void limit(const batch_limits& limits) { limits_ = limits; }

    /// The input; `publisher` receives from it.
    input in{*this, "in", required, "What to publish."};

private:
    enum class verb
    {
        none,
        deliver,
        drop,
        fail,
        retry
    };

    struct mark
    {
        publisher::verb verb = verb::none;
        std::string reason;
    };

    void run() final;
    [[nodiscard]] bool publish(batch& items);
    void end(packet&& item, mark& how);

    parameter<std::uint32_t> batch_count_;
    parameter<byte_count> batch_bytes_;
    parameter<std::chrono::milliseconds> batch_wait_;
    batch_limits limits_;
    std::vector<mark> marks_; // of the batch at hand
};

} // namespace penstock
