// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&fields_package::set_entry, &fields_package::rename_entry,
                 &fields_package::copy_entry, &fields_package::delete_entry,
                 &fields_package::map_entry)
