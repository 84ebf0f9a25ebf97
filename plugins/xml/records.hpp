// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace xml_package
{

/// The error of a document that cannot be read, or that costs more than it may. It begins with line
/// and column, counted from 1.
class xml_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The bounds of a document.
struct limits
{
    std::size_t depth = 64;                             ///< of elements in each other
    std::size_t memory = std::size_t{64} << 20;         ///< of the elements of one record, about
    std::size_t records = static_cast<std::size_t>(-1); ///< the most of them
};

/// How a document is read.
struct reading_options
{
    /// Whether an element is a record, by the names of all elements around it and its own. Not asked
    /// within a record.
    std::function<bool(const std::vector<std::string>&)> is_record;
    limits bounds{};
    /// Makes the name of an element or attribute of its namespace, which is empty if it is in none,
    /// and its name there. Null: names are as they stand, with their prefixes.
    std::string (*name_of)(std::string_view space, std::string_view local) = nullptr;
};

/// Walks over the records of a document in UTF-8: expat reads it, and pugixml holds one record at a
/// time. No entity is expanded but the five of XML: a document that declares one is refused, and the
/// name of one that another file may declare stays as it stands, `&name;`. Attributes that a
/// document type gives are not there. Nothing is ever loaded.
class records
{
public:
    /// Begins at the begin of a document. It and `how` outlive this. Throws std::bad_alloc.
    records(std::string_view text, const reading_options& how);
    ~records();
    records(const records&) = delete;
    records& operator=(const records&) = delete;

    /// Reads a whole document without keeping anything, and returns how many records it has. Throws
    /// xml_error; a document for which it throws nothing has no other error.
    [[nodiscard]] static std::size_t count(std::string_view text, const reading_options& how);

    /// Reads the next record; false if there is none. Throws xml_error.
    [[nodiscard]] bool next();

    /// The record's element. It and what it refers to are valid until the next one is read.
    [[nodiscard]] pugi::xml_node element() const;

    /// The record as it stands in the document.
    [[nodiscard]] std::string_view text() const;

    /// The names of the elements around it, and its own.
    [[nodiscard]] const std::vector<std::string>& path() const;

    /// `line L, column C: `, where it begins.
    [[nodiscard]] std::string place() const;

private:
    class parser;
    const std::unique_ptr<parser> parser_;
};

} // namespace xml_package
