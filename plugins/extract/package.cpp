// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&extract_package::address_entry, &extract_package::dictionary_entry,
                 &extract_package::email_entry, &extract_package::grok_entry,
                 &extract_package::keyvalue_entry, &extract_package::regex_entry,
                 &extract_package::url_entry)
