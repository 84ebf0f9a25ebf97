// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace opensearch_package
{

/// One change of an index, and where its lines are in the body of a request.
struct change
{
    std::size_t place; ///< of its packet in the batch
    bool deletes;
    std::string index;
    std::string id;
    const penstock::packet* source; ///< borrowed; unused by what deletes
    std::size_t begin = 0;          ///< of its lines
    std::size_t end = 0;
    std::string wrong = {}; ///< why it has no lines; empty: it has
};

/// Writes the lines of changes, one behind the other, as the API `_bulk` of Elasticsearch 7 and 8
/// and of OpenSearch takes them: an action and, unless it deletes, a source
/// (https://opensearch.org/docs/latest/api-reference/document-apis/bulk/). `action` is `index` or
/// `create`. Changes whose source JSON cannot hold have none. [any thread]
[[nodiscard]] std::string write_lines(std::vector<change>& changes, std::string_view action);

/// The lines of changes that stand one behind the other in the body.
[[nodiscard]] std::string_view lines_of(std::string_view body, std::span<const change> changes);

} // namespace opensearch_package
