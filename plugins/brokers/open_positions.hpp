// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace brokers
{

/// What a source has read and not acknowledged, by keys that are the same when it comes again. What
/// is delivered again, as by another connection, is told to the host again only if that expects
/// it: each key once after a reconnect(). [any thread]
class open_positions
{
public:
    /// What is known of what came.
    enum class knowledge
    {
        nothing,   ///< it is new: the host is to get it
        expected,  ///< the host has it, and expects to be told of it once more
        refused,   ///< the same, as of a dead letter
        under_way, ///< the host has it
        ended      ///< the host expects to be told of it once more, and it was acknowledged
    };

    /// Notes that the host expects all that it has once more.
    void reconnect();

    /// Notes what came. It is acknowledged by the last handle that it came with.
    [[nodiscard]] knowledge arrive(const std::string& key, std::string handle);

    /// Notes that it becomes a dead letter.
    void refuse(const std::string& key);

    /// The handle by which it came last; empty: it is not known.
    [[nodiscard]] std::string handle_of(const std::string& key) const;

    /// Forgets what was acknowledged.
    void forget(const std::string& key);

    /// All keys, and all handles, in the order of the keys.
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] std::vector<std::string> handles() const;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }

private:
    struct item
    {
        std::string handle;
        bool is_expected = false;
        bool is_refused = false;
    };

    mutable std::mutex mutex_;
    std::map<std::string, item> items_;
    std::set<std::string> expected_; // those that are forgotten
};

} // namespace brokers
