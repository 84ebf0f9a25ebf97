// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/engine/bench.hpp"

namespace penstock::host::tests
{

inline graph_services impatient(bench& shared)
{
    graph_services services = shared.services();
    services.run.limits = {.resource = 20ms, .standstill = 20ms};
    return services;
}

inline bool mentions(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace penstock::host::tests
