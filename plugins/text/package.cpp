// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&text_package::chunk_entry, &text_package::normalize_entry,
                 &text_package::read_entry, &text_package::redact_entry, &text_package::lines_entry,
                 &text_package::grep_entry, &text_package::sort_entry, &text_package::uniq_entry,
                 &text_package::cut_entry)
