// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otlp_package
{

namespace json = penstock::json;

/// What several records have in common. A request of a few bytes more for each record would take
/// memory without end if each had a copy.
struct shared_part
{
    json::object content;
    std::size_t bytes = 0; ///< about
};

/// One log record, span, or data point of a metric.
struct record
{
    json::object own;
    std::shared_ptr<const shared_part> resource;
    std::shared_ptr<const shared_part> scope;
    std::shared_ptr<const shared_part> metric; ///< null: it is no data point

    /// How much the parts are that it shares.
    [[nodiscard]] std::size_t shared_bytes() const
    {
        return resource->bytes + scope->bytes + (metric == nullptr ? 0 : metric->bytes);
    }
};

/// Takes a request apart, as read_protobuf() and read_json() return it. A data point has what its
/// metric has, and its form as `type`. What a metric without a known form has is left out. [any
/// thread]
[[nodiscard]] std::vector<record> records_of(signal of, json::object&& request);

/// Returns the fields of a packet of a record: its own, `resource` and `scope`. [any thread]
[[nodiscard]] json::object fields_of(record&& from);

/// Returns a request of records with these fields, in their order; records one behind the other with
/// the same resource and scope stand together. Fields that a record has no place for are attributes.
/// [any thread] Throws std::invalid_argument for a metric without a known `type`.
[[nodiscard]] json::object request_of(signal of, std::vector<json::object>&& records);

/// The name of a signal in meta: `logs`, `traces`, `metrics`; and back.
[[nodiscard]] std::string_view name_of(signal of);
[[nodiscard]] std::optional<signal> signal_of(std::string_view name);

} // namespace otlp_package
