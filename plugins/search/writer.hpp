// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "document_index.hpp"
#include "part_list.hpp"
#include "settings.hpp"
#include "sqlite.hpp"
#include "words.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <cstddef>
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
    std::string fields;               ///< as JSON; empty to delete the document
    std::vector<std::string> columns; ///< what of it can be searched, see columns_of()
    std::string lists; ///< the fields that are one value though a list, as JSON; mostly empty
    std::vector<label> labels{}; ///< what can be counted and filtered by, see labels_of()
    std::string whole{};         ///< the document of the outside that it is a part of; or empty
    std::string version{};       ///< of that; empty: unknown
    std::string time{}; ///< when that was accepted, as a text that sorts so; empty: unknown
};

/// Writes one database, for all lanes: the only connection that writes and checkpoints, because
/// SQLite of Debian 12 can lose its log when there are two.
///
/// An order to delete withdraws the parts of its document too, and a part of a newer version those
/// of the version before that are not there any more; see part_list. Documents are kept as JSON;
/// the index holds no text of its own, so what it forgets when a document changes is made again
/// from the JSON. [any thread; one commit at a time]
class writer
{
public:
    /// Opens or makes the database; one that has other settings gets a new index, made of its
    /// documents. Throws database_error. Blocks.
    explicit writer(std::string path, settings with = {});

    /// Notes that documents may be written from now on.
    void use() noexcept { is_used_ = true; }
    [[nodiscard]] bool is_used() const noexcept { return is_used_; }

    [[nodiscard]] const settings& with() const noexcept { return with_; }

    /// Makes all changes in order, in one transaction that is on the disk when this returns; or
    /// none of them. Makes the database anew if its file was removed or replaced. Returns which
    /// were left out, since a version of their document that was accepted later is there. Throws
    /// database_error. Blocks.
    std::vector<std::size_t> commit(const std::vector<change>& changes);

private:
    struct session
    {
        session(const std::string& path, const settings& with);

        connection database;
        std::vector<std::string> own_columns;
        document_index index;
        statement find;
        statement insert;
        statement update;
        statement erase;
        statement content;
        std::optional<part_list> parts; // none before the first part

        std::vector<std::size_t> make(const std::vector<change>& changes);
        bool is_late(const change& change);
        void make(const change& change);
        std::optional<std::int64_t> keep(const change& change);
        void note(std::int64_t number, const change& change);
        void withdraw(std::int64_t number);
        void remove(std::int64_t number, std::string_view fields);
    };

    void leave_orphan();

    std::mutex mutex_;
    const std::string path_;
    const settings with_;
    std::atomic<bool> is_used_ = false;
    std::optional<session> session_; // none after an error, then opened anew
};

} // namespace search_package
