// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace fields_package
{

/// A document of JSON Schema draft 7, read. Expressions are those of RE2; `format` and what else
/// only annotates counts for nothing. `$ref` reaches schemas of the document, by a pointer or by
/// their `$id`; nothing is fetched. Used by many threads.
class schema_document
{
public:
    /// Reads a document. Throws std::invalid_argument with the pointer of what is no schema, or
    /// leads back to itself with the same value. [a stack of full size]
    explicit schema_document(penstock::json::value document);

    schema_document(const schema_document&) = delete;
    schema_document& operator=(const schema_document&) = delete;

    [[nodiscard]] const schema& root() const { return *root_; }

private:
    class reader;

    const penstock::json::value document_;
    std::deque<schema> schemas_;
    std::map<const penstock::json::value*, schema*> known_;
    const schema* root_ = nullptr;
};

} // namespace fields_package
