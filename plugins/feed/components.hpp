// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace feed_package
{

extern const penstock::component_entry read_entry;

} // namespace feed_package
