// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_fiber.hpp"
#include "host/lane/node/node_setting.hpp"

namespace penstock::host
{

/// Waits until the dead letters that were made so far are on disk; asks again each second while the
/// disk takes none. Suspends. Throws `stopped`. [the node's fiber]
void wait_for_dead_letters(const node_setting& of, node_fiber& fiber);

} // namespace penstock::host
