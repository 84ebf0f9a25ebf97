// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/packages/component_type.hpp"

#include <penstock/json.hpp>

#include <string>

namespace penstock::host::cli
{

/// Writes one component as a section of Markdown: what it is, ports, parameters, an example.
[[nodiscard]] std::string component_markdown(const component_type& type);

/// Makes a node of a graph with the component: each parameter at its default, required ones at
/// some value of their type.
[[nodiscard]] json::object example_node(const component_type& type);

} // namespace penstock::host::cli
