// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client.hpp"
#include "message.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

namespace kafka_package
{

/// The publishing of some messages by a producer: all are handed to the library, and its delivery
/// reports are taken meanwhile. What became of each is known at any time, also after an exception.
/// The messages outlive it; the producer may not be polled after it. [one thread at a time]
class publication
{
public:
    using clock = std::chrono::steady_clock;

    /// What has become of a message.
    struct report
    {
        bool is_open = true;                                    ///< nobody knows
        rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR; ///< none: all replicas have it
    };

    publication(client& to, std::span<const message* const> messages);

    /// Sends and takes reports for a tenth of a second at most; returns whether all messages have
    /// theirs. Blocks. Throws kafka_error if the producer is no good any more.
    [[nodiscard]] bool advance();

    /// When something was reported last.
    [[nodiscard]] clock::time_point last_progress() const noexcept { return last_progress_; }

    [[nodiscard]] const report& report_of(std::size_t index) const { return entries_[index].said; }

    /// Has the reports of a producer come here.
    static void prepare(rd_kafka_conf_t& settings);

private:
    struct entry
    {
        publication* owner;
        report said;
    };

    static void on_report(rd_kafka_t* from, const rd_kafka_message_t* message, void* opaque);
    void settle(entry& of, rd_kafka_resp_err_t error);
    [[nodiscard]] bool send(entry& of, const message& what);

    client& client_;
    const std::span<const message* const> messages_;
    std::vector<entry> entries_; // their addresses go with the messages
    std::size_t sent_ = 0;
    std::size_t settled_ = 0;
    clock::time_point last_progress_ = clock::now();
};

} // namespace kafka_package
