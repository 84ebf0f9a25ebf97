// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/entry.hpp"
#include "host/engine/intake/admission.hpp"
#include "host/engine/intake/append_count.hpp"
#include "host/engine/intake/pending_room.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace penstock::host
{

/// The room of entries that are about to be let in, and their count on the way to the journal: both
/// are given back in the end unless the entries go on. So what may throw is done before keep(). [one
/// thread]
class reservation
{
public:
    /// The entries stay where they are until keep(). Who stops the graph waits for them from here
    /// on; not for those that are not journalled, of which `appending` is null.
    reservation(pending_room& room, append_count* appending,
                std::span<std::unique_ptr<entry>> pending)
        : room_(room), appending_(appending), pending_(pending)
    {
        if (appending_ != nullptr)
            appending_->begin();
    }

    reservation(const reservation&) = delete;
    reservation& operator=(const reservation&) = delete;

    ~reservation()
    {
        if (are_on_their_way_)
            return;
        while (reserved_ > 0)
            room_.release(pending_[--reserved_]->bytes);
        if (appending_ != nullptr)
            appending_->end();
    }

    /// Has `reserve` take room for each entry, until it says for one that there is none; returns
    /// what it said last. It is told what those before it have.
    template <class Reserve>
    [[nodiscard]] admission take(Reserve reserve)
    {
        std::size_t together = 0;
        for (; reserved_ < pending_.size(); ++reserved_)
        {
            const entry& next = *pending_[reserved_];
            if (const admission outcome = reserve(next, together); outcome != admission::accepted)
                return outcome;
            together += next.bytes;
        }
        return admission::accepted;
    }

    /// Called when each of them goes on its way: who settles an entry gives back its room, and
    /// counts it down.
    void keep()
    {
        if (appending_ != nullptr && pending_.size() != 1)
        {
            appending_->begin(pending_.size());
            appending_->end();
        }
        are_on_their_way_ = true;
    }

private:
    pending_room& room_;
    append_count* const appending_;
    const std::span<std::unique_ptr<entry>> pending_;
    std::size_t reserved_ = 0;
    bool are_on_their_way_ = false;
};

} // namespace penstock::host
