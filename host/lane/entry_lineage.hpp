// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/byte_budget.hpp"
#include "host/lane/lane_entry.hpp"
#include "host/lane/receipt_result.hpp"

#include <penstock/detail/packet_access.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace penstock::host
{

/// The receiver of the ends of a lane's entries. [the lane's thread]
class entry_watcher
{
public:
    virtual ~entry_watcher() = default;

    /// Every packet made from the entry has ended.
    virtual void finished(std::unique_ptr<lane_entry> done, receipt_result result) noexcept = 0;

    /// The lane was cancelled before that: the entry is to be processed anew.
    virtual void abandoned(std::unique_ptr<lane_entry> pending) noexcept = 0;

    /// The room for whole answers, until they are written; answers outlive the watcher.
    [[nodiscard]] virtual const std::shared_ptr<byte_budget>& answer_room() const noexcept = 0;
};

/// Counts the packets made from one entry on its lane, and tells the watcher when the last ended.
/// Deletes itself then. [one lane]
class entry_lineage final : public detail::lineage, public detail::recycled
{
public:
    /// The entry is the nth that its lane got, from 0 on.
    entry_lineage(std::unique_ptr<lane_entry> entry, std::uint64_t number, entry_watcher& watcher);

    [[nodiscard]] const lane_entry& entry() const noexcept { return *entry_; }

    /// Attaches the lineage to a packet of the entry, whose end is counted from then on.
    void attach_to(packet& each) noexcept;

    void count(detail::end how) noexcept override;
    void add_dead_letter(const json::object& dead_letter) override;
    void abandon() noexcept override { abandoned_ = true; }
    void reply(const packet& packet) override;
    void reply_whole(const packet& packet) override;
    void count_replicated() noexcept override { ++result_.replicated; }
    void receipts(void (*visit)(void* context, std::string_view receipt),
                  void* context) const override;
    void keys(void (*visit)(void* context, std::string_view key), void* context) const override;
    [[nodiscard]] std::uint64_t request() const noexcept override { return number_; }

private:
    void closed() noexcept override;

    std::unique_ptr<lane_entry> entry_;
    const std::uint64_t number_;
    entry_watcher& watcher_;
    receipt_result result_;
    std::size_t reply_bytes_ = 0;
    bool abandoned_ = false;
    bool has_packets_ = false;
};

} // namespace penstock::host
