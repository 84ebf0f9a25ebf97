// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace penstock::bench
{

/// Pushes pointers through a chain of virtual calls in a loaded library; returns CPU seconds.
double virtual_chain(int hops, std::size_t items);

/// Pushes pointers through oneTBB's lightweight function nodes in a line; returns CPU seconds.
double tbb_chain(int hops, std::size_t items);

/// The same from one node to many.
double tbb_fan(int receivers, std::size_t items);

} // namespace penstock::bench
