// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace script_package
{

extern const penstock::component_entry lua_entry;

} // namespace script_package
