// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace penstock::faults
{

/// The text of the graph `trial`: `json/read` and the witness, with these members of its `params`
/// and of itself: `"path": "…"` and `, "retry": {…}`.
[[nodiscard]] std::string trial_graph(const std::string& parameters_of_witness,
                                      const std::string& more_of_witness = "");

/// The same with `trial/crash` before the witness.
[[nodiscard]] std::string crashing_graph(const std::string& parameters_of_witness);

} // namespace penstock::faults
