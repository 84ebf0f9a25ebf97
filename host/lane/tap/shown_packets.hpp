// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/lane/tap/packet_preview.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <map>
#include <span>
#include <utility>

namespace penstock::host
{

/// Packets that enter an edge, with a preview of each that is made once for all who look at it.
/// Views the packets. [their lane]
class shown_packets
{
public:
    explicit shown_packets(std::span<const packet> passing) : passing_(passing) {}

    [[nodiscard]] std::size_t size() const noexcept { return passing_.size(); }

    /// Returns a preview in about `most` bytes.
    [[nodiscard]] const packet_preview& preview(std::size_t place, std::size_t most)
    {
        const std::pair key{place, most};
        const auto found = made_.find(key);
        if (found != made_.end())
            return found->second;
        return made_.emplace(key, make_preview(passing_[place], most)).first->second;
    }

private:
    const std::span<const packet> passing_;
    std::map<std::pair<std::size_t, std::size_t>, packet_preview> made_;
};

} // namespace penstock::host
