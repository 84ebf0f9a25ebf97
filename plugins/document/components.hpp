// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace document_package
{

extern const penstock::component_entry detect_entry;
extern const penstock::component_entry office_entry;
extern const penstock::component_entry pdf_entry;
extern const penstock::component_entry word_entry;

} // namespace document_package
