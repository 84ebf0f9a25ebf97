// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace archive_package
{

extern const penstock::component_entry unpack_entry;

} // namespace archive_package
