// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace xml_package
{

/// Which of the nodes that an expression selects become the value of a field.
enum class selection
{
    first, ///< the first one
    all,   ///< each, as the values of a field that has several
    join   ///< the texts of all, with blanks between them
};

/// One field that a record of XML gets.
struct mapped_field
{
    std::string name;
    std::string path; ///< XPath 1.0
    selection selects = selection::first;
};

/// A field with its value; a list of `several` makes it one of several values.
struct mapped_value
{
    std::string name;
    penstock::json::value value;
    bool several = false;
};

/// Returns what is wrong with an expression of XPath 1.0, and at which character; empty: nothing.
/// It takes a stack of a megabyte.
[[nodiscard]] std::string problem_of_path(const std::string& path);

/// Makes fields of documents by expressions of XPath 1.0, which are compiled once. Names in them are
/// as they stand in the document, with their prefixes.
class mapping
{
public:
    /// `record` selects the records; if empty, the document is the only one. Throws
    /// pugi::xpath_exception for an expression that has a problem. It takes a stack of a megabyte.
    mapping(const std::string& record, const std::vector<mapped_field>& fields);

    /// Returns the fields of each record. A field of which nothing is selected is not there. Throws
    /// std::runtime_error if `record` selects no elements. It takes a stack of a megabyte.
    [[nodiscard]] std::vector<std::vector<mapped_value>>
    apply(const pugi::xml_node& document) const;

private:
    struct compiled
    {
        mapped_field field;
        pugi::xpath_query query;
    };

    [[nodiscard]] std::vector<mapped_value> fields_of(const pugi::xpath_node& record) const;

    bool has_records_;
    pugi::xpath_query record_;
    std::vector<compiled> fields_;
};

} // namespace xml_package
