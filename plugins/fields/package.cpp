// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&fields_package::set_entry, &fields_package::rename_entry,
                 &fields_package::copy_entry, &fields_package::delete_entry,
                 &fields_package::map_entry, &fields_package::convert_entry,
                 &fields_package::case_entry, &fields_package::flatten_entry,
                 &fields_package::lookup_entry, &fields_package::validate_entry)
