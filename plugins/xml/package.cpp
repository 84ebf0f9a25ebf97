// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&xml_package::read_entry, &xml_package::map_entry, &xml_package::write_entry)
