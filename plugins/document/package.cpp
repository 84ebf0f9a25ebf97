// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&document_package::detect_entry, &document_package::office_entry,
                 &document_package::pdf_entry, &document_package::word_entry)
