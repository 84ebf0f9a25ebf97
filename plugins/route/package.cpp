// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&route_package::drop_entry, &route_package::merge_entry,
                 &route_package::collate_entry, &route_package::split_entry,
                 &route_package::batch_entry, &route_package::dedup_entry,
                 &route_package::sample_entry, &route_package::switch_entry,
                 &route_package::throttle_entry, &route_package::delay_entry,
                 &route_package::window_entry)
