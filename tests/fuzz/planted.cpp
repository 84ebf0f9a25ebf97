// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Not fuzzed: a fault that is easy to find, to see that what should find it does.

#include "target.hpp"

namespace penstock::fuzz
{

std::vector<std::string> seeds()
{
    return {"penstock"};
}

void try_input(std::string_view input)
{
    hold(!input.starts_with("pens") || input.find('%') == input.npos, "planted");
}

} // namespace penstock::fuzz
