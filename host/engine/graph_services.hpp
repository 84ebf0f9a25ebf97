// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/deployment.hpp"
#include "host/engine/receipts.hpp"
#include "host/journal/journal.hpp"

#include <penstock/detail/runtime.hpp>

#include <functional>
#include <string_view>

namespace penstock::host
{

/// Where a graph writes its log lines: severity, graph, node, text. [any thread]
using log_function = std::function<void(severity, std::string_view graph, std::string_view node,
                                        std::string_view text)>;

/// What running graphs share.
struct graph_services
{
    host::journal& journal;
    host::receipts& receipts;
    run_services run;
    log_function log;
};

} // namespace penstock::host
