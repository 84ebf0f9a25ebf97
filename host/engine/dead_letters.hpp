// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/graph_services.hpp"
#include "host/lane/dead_packet.hpp"
#include "host/lane/quarantine.hpp"
#include "host/lane/receipt_result.hpp"

#include <string>
#include <string_view>

namespace penstock::host
{

/// The dead letters of one graph: the packets that could not be processed, and the records of the journal
/// that no component gets to see, each with the reason. [any thread]
class dead_letters
{
public:
    /// The services outlive it.
    dead_letters(std::string graph, const graph_services& services);

    /// Keeps a packet; returns the letter's id.
    std::string keep(dead_packet what);

    /// Keeps a record that cannot be read, which is not lost in silence; returns the end of its entry.
    [[nodiscard]] receipt_result keep_damaged(const record& damaged, std::string_view why);

    /// Keeps a record that workers died of, each time when it was let in alone; returns the end of its
    /// entry.
    [[nodiscard]] receipt_result keep_quarantined(const record& guilty,
                                                  const quarantined_packet& verdict);

    /// Waits until those kept so far are on disk; tells whether they are. Blocks.
    [[nodiscard]] bool flush() const;

private:
    [[nodiscard]] receipt_result keep_record(const record& what, dead_packet about);
    std::string keep(dead_packet what, entry_number number);
    void log(severity level, std::string_view text) const;

    const std::string graph_;
    const graph_services& services_;
};

} // namespace penstock::host
