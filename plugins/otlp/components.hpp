// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace otlp_package
{

extern const penstock::component_entry publish_entry;
extern const penstock::component_entry source_entry;

} // namespace otlp_package
