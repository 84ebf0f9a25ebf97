// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>

#include <cstdint>
#include <unordered_set>

namespace penstock::detail
{

/// Makes one lineage of two, taking over one share of each, and returns it with one share. A
/// receipt carried by both is carried once.
///
/// Gathering n packets into one, in whatever order, costs n log n at most.
[[nodiscard]] lineage* join(lineage& a, lineage& b);

/// Stands for the receipts of packets that were gathered into one: passes everything on to each.
class joined_lineage final : public lineage
{
public:
    void count(end how) noexcept override;
    void add_dead_letter(const json::object& dead_letter) override;
    void abandon() noexcept override;
    void reply(const packet& packet) override;
    void reply_whole(const packet& packet) override;
    void count_replicated() noexcept override;
    void receipts(void (*visit)(void* context, std::string_view receipt),
                  void* context) const override;
    void keys(void (*visit)(void* context, std::string_view key), void* context) const override;
    [[nodiscard]] std::uint64_t request() const noexcept override;

private:
    friend lineage* join(lineage& a, lineage& b);

    /// Holds a share of one more, unless it does already.
    void add(lineage& member);

    void closed() noexcept override;

    std::unordered_set<lineage*> members_; // none of them joined itself
};

} // namespace penstock::detail
