// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace redis_package
{

/// An entry of a stream, as a consumer group has given it out.
struct stream_entry
{
    std::string id;
    std::vector<std::pair<std::string, std::string>> fields;
    bool is_deleted = false;      ///< from the stream: nothing is left of it
    std::uint64_t deliveries = 1; ///< how often it was given out, this time included
};

/// Who reads what.
struct group_membership
{
    std::string stream;
    std::string group;
    std::string consumer;
};

/// A member of a consumer group, by a session of its own. All calls block, as the session's do, and
/// throw redis_error. [one thread at a time]
class group_reader
{
public:
    group_reader(std::unique_ptr<session> with, group_membership as)
        : session_(std::move(with)), as_(std::move(as))
    {
    }

    /// Makes stream and group, unless they are there; a new one begins at an id.
    void create(const std::string& begin);

    /// Takes entries that nobody has taken; waits for a time, if it is not 0, until there is one.
    [[nodiscard]] std::vector<stream_entry> take(std::size_t most, std::chrono::milliseconds time);

    /// Takes own entries again that were not acknowledged, behind an id.
    [[nodiscard]] std::vector<stream_entry> take_again(std::size_t most, const std::string& behind);

    /// Entries that were taken over.
    struct claim
    {
        std::vector<stream_entry> entries;
        std::string next; ///< the id to go on at; "0-0": that were all
    };

    /// Takes entries over of which their consumers have given no sign for so long, from an id on.
    [[nodiscard]] claim take_over(std::size_t most, std::chrono::milliseconds silence,
                                  const std::string& from);

    /// Acknowledges entries; returns when the server has done it.
    void acknowledge(const std::vector<std::string>& ids);

    /// Gives a sign of life of those of the entries that are still this consumer's.
    void keep(const std::vector<std::string>& ids);

    /// HOST:PORT of the server.
    [[nodiscard]] const std::string& name() const noexcept { return session_->name(); }

private:
    [[nodiscard]] reply read(const std::string& count, const std::string& block,
                             const std::string& id, std::chrono::milliseconds time);
    void count_deliveries(std::vector<stream_entry>& of);

    std::unique_ptr<session> session_;
    group_membership as_;
};

} // namespace redis_package
