// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What one fuzz target is: a reader of foreign bytes, and what must hold whatever they are. Each
/// file of a target defines the first two; libFuzzer or replay.cpp calls them.
namespace penstock::fuzz
{

/// What the nonsense is made from: well-formed inputs, and those that once were a find.
std::vector<std::string> seeds();

/// Feeds one input to the reader. Ends the process if something does not hold that must.
void try_input(std::string_view input);

/// Ends the process, and says why, unless `property` is true.
void hold(bool property, const char* what);

/// Takes the first byte off an input, as a choice between things to do; 0 of an empty one.
unsigned char take(std::string_view& input);

} // namespace penstock::fuzz
