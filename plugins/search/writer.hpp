// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// What becomes of one document.
struct change
{
    std::string id;
    std::string fields; ///< as JSON; empty to delete the document
    std::string words;  ///< what of it can be searched
    std::string lists;  ///< the fields that are one value though a list, as JSON; mostly empty
};

/// Writes one database, for all lanes: the only connection that writes and checkpoints, because
/// SQLite of Debian 12 can lose its log when there are two.
///
/// Documents are kept as JSON; the index holds no text of its own, so what it forgets when a
/// document changes is made again from the JSON. [any thread; one commit at a time]
class writer
{
public:
    /// Opens or makes the database. Throws database_error. Blocks.
    explicit writer(std::string path);

    /// Makes all changes in order, in one transaction that is on the disk when this returns; or
    /// none of them. Makes the database anew if its file was removed or replaced. Throws
    /// database_error. Blocks.
    void commit(const std::vector<change>& changes);

private:
    struct session
    {
        explicit session(const std::string& path);

        connection database;
        statement find;
        statement insert;
        statement update;
        statement erase;
        statement index;
        statement forget;

        void make(const change& change);
        void add(std::int64_t number, std::string_view words);
        void remove(std::int64_t number, std::string_view fields);
    };

    void leave_orphan();

    std::mutex mutex_;
    std::string path_;
    std::optional<session> session_; // none after an error, then opened anew
};

} // namespace search_package
