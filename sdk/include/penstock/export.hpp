// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

/// Marks what the SDK's shared library exports; everything else is hidden.
#define PENSTOCK_EXPORT __attribute__((visibility("default")))
