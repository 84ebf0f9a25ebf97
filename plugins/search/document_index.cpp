// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "document_index.hpp"

namespace search_package
{
namespace
{

void bind_all(statement& to, int first, const std::vector<std::string>& texts)
{
    for (const std::string& each : texts)
        to.bind(first++, each);
}

} // namespace

document_index::document_index(connection& connection, const settings& of)
    : add_words_(connection, "INSERT INTO words(rowid, " + columns_sql(of) + ") VALUES(?" +
                                 places_sql(of.fields.size() + 1) + ')'),
      remove_words_(connection, "INSERT INTO words(words, rowid, " + columns_sql(of) +
                                    ") VALUES('delete', ?" + places_sql(of.fields.size() + 1) + ')')
{
    if (of.facets.empty())
        return;
    add_label_.emplace(connection, "INSERT OR IGNORE INTO labels(number, field, value)"
                                   " VALUES(?, ?, ?)");
    remove_labels_.emplace(connection, "DELETE FROM labels WHERE number = ?");
}

void document_index::add(std::int64_t number, const std::vector<std::string>& columns,
                         const std::vector<label>& labels)
{
    add_words_.bind(1, number);
    bind_all(add_words_, 2, columns);
    add_words_.run();
    for (const label& each : labels)
    {
        add_label_->bind(1, number);
        add_label_->bind(2, each.facet);
        add_label_->bind(3, each.value);
        add_label_->run();
    }
}

void document_index::remove(std::int64_t number, const std::vector<std::string>& columns)
{
    remove_words_.bind(1, number);
    bind_all(remove_words_, 2, columns);
    remove_words_.run();
    if (!remove_labels_)
        return;
    remove_labels_->bind(1, number);
    remove_labels_->run();
}

} // namespace search_package
