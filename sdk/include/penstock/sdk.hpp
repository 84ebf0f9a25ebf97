// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// All that a component needs.

#include <penstock/blocking.hpp>    // IWYU pragma: export
#include <penstock/charset.hpp>     // IWYU pragma: export
#include <penstock/component.hpp>   // IWYU pragma: export
#include <penstock/metric.hpp>      // IWYU pragma: export
#include <penstock/package.hpp>     // IWYU pragma: export
#include <penstock/packet.hpp>      // IWYU pragma: export
#include <penstock/parameter.hpp>   // IWYU pragma: export
#include <penstock/port.hpp>        // IWYU pragma: export
#include <penstock/problems.hpp>    // IWYU pragma: export
#include <penstock/publisher.hpp>   // IWYU pragma: export
#include <penstock/shared.hpp>      // IWYU pragma: export
#include <penstock/source.hpp>      // IWYU pragma: export
#include <penstock/state.hpp>       // IWYU pragma: export
#include <penstock/transformer.hpp> // IWYU pragma: export
#include <penstock/unavailable.hpp> // IWYU pragma: export
#include <penstock/wait.hpp>        // IWYU pragma: export
