// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "settings.hpp"
#include "sqlite.hpp"
#include "words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace search_package
{

/// Writes what of documents can be found: their words, and their labels. It holds no text, so who
/// removes a document says what it had. [the thread of the connection]
class document_index
{
public:
    /// Both outlive it; the tables have these settings. Throws database_error, as all calls.
    document_index(connection& connection, const settings& of);

    /// Adds a document that is not there. `columns` are those of the settings.
    void add(std::int64_t number, const std::vector<std::string>& columns,
             const std::vector<label>& labels);

    /// Removes one; `columns` are what it was added with.
    void remove(std::int64_t number, const std::vector<std::string>& columns);

private:
    statement add_words_;
    statement remove_words_;
    std::optional<statement> add_label_; // none before version 2
    std::optional<statement> remove_labels_;
};

} // namespace search_package
