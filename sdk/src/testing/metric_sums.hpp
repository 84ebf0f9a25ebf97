// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/testing/run.hpp>

namespace penstock::testing
{

/// Adds what the metrics of an instance say to those of the instances before it. A gauge tells its
/// last value only. [one lane]
void add_metrics(const detail::component_members& of, bool is_last, result& into);

} // namespace penstock::testing
