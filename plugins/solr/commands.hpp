// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace solr_package
{

/// One change of a collection, and where its command is in the text of all.
struct change
{
    std::size_t place; ///< of its packet in the batch
    bool deletes;
    std::string id;
    const penstock::packet* source; ///< borrowed; unused by what deletes
    std::size_t begin = 0;          ///< of its command
    std::size_t end = 0;
    std::string wrong = {}; ///< why it has no command; empty: it has
};

/// How documents are written.
struct document_form
{
    std::string key;        ///< the field that identifies a document, which gets its id
    bool objects_are_texts; ///< else a document with an object among its values has no command
};

/// Writes the commands of changes, one behind the other with commas between, as members of an object
/// of JSON, which Solr takes in order and several of one name
/// (https://solr.apache.org/guide/8_11/uploading-data-with-index-handlers.html, "Sending JSON Update
/// Commands"). Values that are null are left out. Changes whose document cannot be written have
/// none. [any thread]
[[nodiscard]] std::string write_commands(std::vector<change>& changes, const document_form& form);

/// The body of a request with the commands of changes that stand one behind the other.
[[nodiscard]] std::string body_of(std::string_view commands, std::span<const change> changes);

} // namespace solr_package
