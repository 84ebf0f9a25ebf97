// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/api/data/peers.hpp"
#include "host/app/settings.hpp"

#include <vector>

namespace penstock::host
{

/// Finds what keeps a host from asking its peers as these settings say. Reads the files that they
/// name.
[[nodiscard]] std::vector<problem> refuse_peers(const settings& wanted);

/// The options of the API about peers, for settings that are not refused. A token that can no longer
/// be read is logged, and none is sent.
[[nodiscard]] api::peer_options peers_of(const settings& all);

} // namespace penstock::host
