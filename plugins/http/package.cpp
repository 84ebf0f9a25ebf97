// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

PENSTOCK_PACKAGE(&http_package::fetch_entry, &http_package::publish_entry,
                 &http_package::reply_entry)
