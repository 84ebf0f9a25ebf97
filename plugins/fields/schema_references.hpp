// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace fields_package
{

/// What `$ref` reaches within a document of JSON Schema: a schema by its `$id`, by a pointer from
/// the document's root, or by a pointer from one with an `$id`. The document outlives it.
class schema_references
{
public:
    /// Notes each `$id`. Throws std::invalid_argument for a document of more than 64 levels.
    explicit schema_references(const penstock::json::value& document);

    /// Returns what a reference reaches; nullptr if that is not of the document.
    [[nodiscard]] const penstock::json::value* find(std::string_view reference) const;

private:
    void note(const penstock::json::value& in, std::size_t depth);

    const penstock::json::value& document_;
    std::map<std::string, const penstock::json::value*, std::less<>> ids_;
};

} // namespace fields_package
