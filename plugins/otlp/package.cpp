// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&otlp_package::publish_entry, &otlp_package::source_entry)
