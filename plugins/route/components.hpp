// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace route_package
{

extern const penstock::component_entry batch_entry;
extern const penstock::component_entry dedup_entry;
extern const penstock::component_entry delay_entry;
extern const penstock::component_entry drop_entry;
extern const penstock::component_entry merge_entry;
extern const penstock::component_entry sample_entry;
extern const penstock::component_entry switch_entry;
extern const penstock::component_entry collate_entry;
extern const penstock::component_entry split_entry;
extern const penstock::component_entry throttle_entry;
extern const penstock::component_entry window_entry;

} // namespace route_package
