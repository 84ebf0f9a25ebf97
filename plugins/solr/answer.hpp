// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace solr_package
{

/// Reads the answer to an update that was done, `{"responseHeader": {"errors": […]}}`: why some
/// documents were not taken, by their ids, where Solr is set up to go on behind them; an empty id, or
/// one that no document has, if it does not tell of which. Throws std::runtime_error if it is none, or
/// an error of all. [any thread]
[[nodiscard]] std::map<std::string, std::string> read_answer(std::string_view body);

/// Whether an answer is an error of Solr, and not of what stands before it. [any thread]
[[nodiscard]] bool is_error_of_solr(std::string_view body);

/// Returns what an answer says that is not 200: the message of Solr's error, else its begin; one
/// line. [any thread]
[[nodiscard]] std::string reason_of_answer(unsigned status, std::string_view body);

} // namespace solr_package
