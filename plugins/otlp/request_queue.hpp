// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "records.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace otlp_package
{

/// A record that was taken from the queue.
struct queued_record
{
    record content;
    signal of;
    std::string position; ///< the same when its request comes again
};

/// What was received and has not ended: requests in order, each with the records that the graph has
/// not got, and how many it has. [any thread]
class request_queue
{
public:
    /// `most_bytes` bounds the bodies of all requests in it.
    explicit request_queue(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// Adds a request of one record or more; `done` is called when all have ended, on the thread that
    /// says so. Returns its number; 0: there is no room.
    [[nodiscard]] std::uint64_t push(signal of, std::vector<record>&& records, std::size_t bytes,
                                     const std::string& name, std::function<void()> done);

    /// Takes a request out of which the graph has got nothing. Whether it did.
    bool withdraw(std::uint64_t number);

    /// Waits for records, for a time at most.
    void wait(std::chrono::milliseconds time);

    /// Takes records in order: so many at most, and of what they share about so many bytes, but one
    /// at least.
    [[nodiscard]] std::vector<queued_record> take(std::size_t most, std::size_t most_shared);

    /// Notes that the first of those that were taken have ended.
    void end(std::size_t count);

    /// Forgets all requests, and calls nothing.
    void clear();

private:
    struct request
    {
        signal of;
        std::vector<record> records;
        std::size_t bytes;
        std::string name;
        std::function<void()> done;
        std::size_t taken = 0;
        std::size_t ended = 0;
    };

    const std::size_t most_bytes_;
    std::mutex mutex_;
    std::condition_variable more_;
    std::map<std::uint64_t, request> requests_;
    std::uint64_t next_ = 1;
    std::size_t bytes_ = 0;
};

} // namespace otlp_package
