// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace opensearch_package
{

/// What an engine says of one item of a request.
struct item_result
{
    unsigned status;    ///< as of an answer of HTTP
    std::string reason; ///< empty if the item was done
};

/// Reads the answer to a `_bulk` request: `{"items": [{ACTION: {"status", "error"}}]}`. Throws
/// std::runtime_error if it is none, or not of so many items. [any thread]
[[nodiscard]] std::vector<item_result> read_bulk_answer(std::string_view body, std::size_t items);

/// Returns what an answer says that is not 200: its error if it is one of the engine, else its
/// begin; one line. [any thread]
[[nodiscard]] std::string reason_of_answer(unsigned status, std::string_view body);

} // namespace opensearch_package
