// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>
#include <string_view>

namespace search_package
{

/// Returns all that can be searched in a document: its texts and numbers, in order of its fields,
/// also those inside lists and objects. [any thread]
std::string searchable(const penstock::json::object& fields);

/// Turns what a person typed into an expression for FTS5 that is always well formed: each word must
/// occur, "quoted words" in that order, and a word with a star at its end as the start of one.
/// Empty when there is no word. What is behind the first 64 words, quoted ones included, or behind
/// 4 KiB is passed over: the time that a phrase takes grows with its words and with all places of
/// each. [any thread]
std::string match_expression(std::string_view typed);

} // namespace search_package
