// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <map>
#include <stdexcept>
#include <string>

#include <pugixml.hpp>

namespace solr_package
{

/// The error of a document or an order that no packet can be.
class document_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A document of Solr: its fields, where a list has several values, and what it says of their
/// weight.
struct document
{
    penstock::json::object fields;
    std::map<std::string, double> boosts; ///< of fields
    double boost = 1;                     ///< of all of it
};

/// Reads an element `doc` of an update
/// (https://solr.apache.org/guide/8_11/uploading-data-with-index-handlers.html). Documents in it are
/// objects in the field `_childDocuments_`, or in that which they stand in. Values are texts; one
/// with `null="true"` is null. Throws document_error for a field without a name, and one that is
/// only a change of a document. Recursive: the depth is bounded by whoever read the element.
[[nodiscard]] document read_document(pugi::xml_node element);

} // namespace solr_package
