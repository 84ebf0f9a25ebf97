// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/peers.hpp"
#include "host/api/router.hpp"
#include "host/engine/receipts.hpp"

namespace penstock::host::api
{

/// Shows receipts: `/receipts/{id}`. What is not found here and another host accepted is asked of that
/// one, unless a host asks. Store and peers outlive the table.
void add_receipt_routes(router& table, receipts& of_requests, peers& others, background_pool& disk);

} // namespace penstock::host::api
