// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/router.hpp"
#include "host/engine/receipts.hpp"

namespace penstock::host::api
{

/// Shows receipts: `/receipts/{id}`. The store outlives the table.
void add_receipt_routes(router& table, receipts& of_requests, background_pool& disk);

} // namespace penstock::host::api
