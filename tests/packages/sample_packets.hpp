// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string_view>

namespace penstock::host::tests
{

/// A packet with fields, of which `text` and `n` are its own.
[[nodiscard]] packet document(std::size_t n);

/// The same, with a text in which there is something to find.
[[nodiscard]] packet letter(std::size_t n);

/// The same, with an address of IP in the title.
[[nodiscard]] packet address_of_host(std::size_t n);

/// One object, or a list of up to three.
[[nodiscard]] packet json_body(std::size_t n);

/// A table of one to three rows.
[[nodiscard]] packet csv_body(std::size_t n);

/// A map of a number, twice.
[[nodiscard]] packet msgpack_body(std::size_t n);

/// A feed of two entries.
[[nodiscard]] packet feed_body(std::size_t n);

/// A document to add, and an id to delete.
[[nodiscard]] packet solr_body(std::size_t n);

/// A document of one to three rows.
[[nodiscard]] packet xml_body(std::size_t n);

/// Such a document in the field xml.
[[nodiscard]] packet xml_text(std::size_t n);

[[nodiscard]] packet text_body(std::size_t n);

[[nodiscard]] packet html_body(std::size_t n);

/// A tar of one file.
[[nodiscard]] packet tar_body(std::size_t n);

[[nodiscard]] packet office_body(std::size_t n);

[[nodiscard]] packet mail_body(std::size_t n);

/// Few are files, for each takes two programs; the others are triggers.
[[nodiscard]] packet pdf_body(std::size_t n);

/// As few, of a document of Word.
[[nodiscard]] packet word_body(std::size_t n);

[[nodiscard]] packet partly_marked(std::size_t n, std::string_view field, std::string_view text);

[[nodiscard]] packet question(std::size_t n);

} // namespace penstock::host::tests
