// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/refusal.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// One item of the body of a `_bulk` request.
struct bulk_item
{
    std::string action; ///< `index`, `create`, `update` or `delete`
    std::string index;  ///< of the action, or else of the address
    std::string id;     ///< empty: none is told
    std::string_view source{};
    std::string wrong{}; ///< why it is refused; empty: it is not

    [[nodiscard]] bool deletes() const noexcept { return action == "delete"; }
};

/// Reads the lines of a `_bulk` request, as Elasticsearch and OpenSearch take them: an action, and
/// behind it a source unless the action deletes
/// (https://opensearch.org/docs/latest/api-reference/document-apis/bulk/). The items view the body.
/// An action that is none refuses the whole: 400; a source that is no JSON object refuses its item.
/// More than `most` items: 413. `index` is of those that name none.
[[nodiscard]] http::checked<std::vector<bulk_item>> read_bulk(std::string_view body,
                                                              std::string_view index,
                                                              const json_options& sources,
                                                              std::size_t most);

} // namespace penstock::host::api
