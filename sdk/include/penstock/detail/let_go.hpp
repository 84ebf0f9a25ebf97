// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/packet.hpp>

#include <cstdint>
#include <vector>

namespace penstock::detail
{

/// A packet that a component destroyed without a verb.
struct let_go
{
    packet content;
    std::uint32_t at; ///< how many packets the component had received by then
    bool held;        ///< by the instance, when the instance was destroyed
};

/// What becomes of a packet that was let go.
enum class fate
{
    consumed, ///< its children stand for it, or it goes with its parent, which is tried again
    unsaid,   ///< it fails, because nothing was said of it
    blamed,   ///< it fails with the text of the exception, or is tried again
    returned, ///< it is received again
    orphaned  ///< it fails with the text of the exception: its parent has ended
};

/// The fate of a packet when its component gave control back in the ordinary way.
[[nodiscard]] PENSTOCK_EXPORT fate fate_of(const packet& packet) noexcept;

/// Whom an exception blames of the packets that were in hand.
enum class blame
{
    nobody,
    last, ///< the one received last
    each  ///< but in its last attempt only the one received last, if it is in hand
};

/// The fates of packets that were let go, ordered as they were received, after an exception of a
/// component that has received `now` packets, each up to `attempts` times. In hand were those held,
/// and those let go since the last of these was received.
[[nodiscard]] PENSTOCK_EXPORT std::vector<fate> fates_of(const std::vector<let_go>& packets,
                                                         std::uint32_t now, blame blame,
                                                         std::uint32_t attempts);

} // namespace penstock::detail
