// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&debug_package::generate_entry, &debug_package::fail_entry,
                 &debug_package::print_entry, &debug_package::null_entry)
