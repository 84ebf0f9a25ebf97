// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "kept_messages.hpp"
#include "receiver.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace syslog_package
{

/// The upstream of a source: a receiver, and what it has received until that is acknowledged. The
/// versions of a graph share it one after the other, and begin at what is not acknowledged. What is
/// left when it ends is in a file for each address, where the next inbox at that address finds it.
/// [one thread at a time]
class inbox
{
public:
    /// Opens nothing yet. Without a folder, nothing is kept when it ends.
    inbox(receiver_settings with, std::filesystem::path folder);
    inbox(const inbox&) = delete;
    inbox& operator=(const inbox&) = delete;

    /// Takes what clients have sent so far, and keeps what is not acknowledged. Blocks, for about
    /// two seconds at most while clients go on sending; logs what it cannot keep.
    ~inbox();

    /// Begins with what is not acknowledged, and listens, unless it does. Blocks. Throws
    /// std::exception when an address, a certificate or a file of what was kept cannot be used.
    void open();

    /// Returns messages, about `most`, which stay until they are acknowledged. Waits until there is
    /// one, for a time at most. Blocks.
    [[nodiscard]] std::vector<const kept_message*> take(std::size_t most,
                                                        std::chrono::milliseconds time);

    /// Called when everything made from the messages up to a position has ended.
    void acknowledged(message_position last);

    /// Whether a message is from a file, so that it came before this inbox was opened.
    [[nodiscard]] bool was_kept(const kept_message& what) const noexcept
    {
        return what.position.begun != begun_;
    }

    [[nodiscard]] const receiver& sockets() const noexcept { return receiver_; }

private:
    void keep(std::vector<received_message>&& what);
    void load();
    void save() const;
    void remove_files();
    [[nodiscard]] std::filesystem::path file_of(const listen_address& at) const;

    const std::filesystem::path folder_;
    receiver receiver_;
    kept_messages messages_;
    std::int64_t begun_ = 0; // 0: it was not opened
    std::int64_t count_ = 0;
    bool has_files_ = false; // of messages that are not all acknowledged
};

} // namespace syslog_package
