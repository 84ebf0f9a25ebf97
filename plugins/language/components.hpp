// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace language_package
{

extern const penstock::component_entry detect_entry;

} // namespace language_package
