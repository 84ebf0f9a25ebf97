// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/dead_letter_room.hpp"
#include "host/engine/graph_services.hpp"
#include "host/lane/dead_packet.hpp"
#include "host/lane/quarantine.hpp"
#include "host/lane/receipt_result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The dead letters of one graph: the packets that could not be processed, and the entries of the
/// journal that no component gets to see, each with the reason. [any thread]
class dead_letters
{
public:
    /// The services outlive it. There is room for `most` bytes.
    dead_letters(std::string graph, const graph_services& services, std::uint64_t most);

    /// Calls `freed` whenever there is room again; empty: nothing. Logs both changes meanwhile.
    void watch(std::function<void()> freed);

    /// How much room there is for more.
    [[nodiscard]] const dead_letter_room& room() const noexcept { return room_; }

    /// Keeps a packet; returns the dead letter's id.
    std::string keep(dead_packet what);

    /// Keeps an entry that cannot be read, which is not lost in silence; returns the end of its
    /// entry.
    [[nodiscard]] receipt_result keep_damaged(const journal_entry& damaged, std::string_view why);

    /// Keeps an entry that workers died of, each time when it was let in alone; returns the end of
    /// its entry.
    [[nodiscard]] receipt_result keep_quarantined(const journal_entry& suspected,
                                                  const quarantined_packet& why);

    /// Waits until those kept so far are on disk; returns whether they are. Blocks.
    [[nodiscard]] bool flush() const;

private:
    [[nodiscard]] receipt_result keep_entry(const journal_entry& what, dead_packet about);
    std::string keep(dead_packet what, entry_number number);
    void log(severity level, std::string_view text) const;

    const std::string graph_;
    const graph_services& services_;
    dead_letter_room room_;
};

} // namespace penstock::host
