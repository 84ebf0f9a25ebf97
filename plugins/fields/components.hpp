// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace fields_package
{

extern const penstock::component_entry set_entry;
extern const penstock::component_entry rename_entry;
extern const penstock::component_entry copy_entry;
extern const penstock::component_entry delete_entry;
extern const penstock::component_entry map_entry;
extern const penstock::component_entry convert_entry;
extern const penstock::component_entry case_entry;
extern const penstock::component_entry flatten_entry;
extern const penstock::component_entry lookup_entry;
extern const penstock::component_entry validate_entry;

} // namespace fields_package
