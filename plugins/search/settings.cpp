// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "settings.hpp"

#include "document_index.hpp"
#include "stemming.hpp"
#include "words.hpp"

#include <penstock/json.hpp>

#include <exception>
#include <stdexcept>

namespace search_package
{
namespace
{

namespace json = penstock::json;

constexpr std::string_view usual_tokenizer = "unicode61 remove_diacritics 2";

std::string tokenizer_sql(const settings& of)
{
    return of.language.empty() ? std::string(usual_tokenizer)
                               : std::string(stemming_tokenizer) + ' ' + of.language;
}

void make_index(connection& connection, const settings& of)
{
    const std::string make = "CREATE VIRTUAL TABLE words USING fts5(" + columns_sql(of) +
                             ", content='', tokenize=\"" + tokenizer_sql(of) +
                             "\");"
                             "INSERT INTO words(words, rank) VALUES('hashsize', 16777216);";
    connection.execute(make.c_str());
}

void keep_settings(connection& connection, const settings& of)
{
    connection.execute("CREATE TABLE IF NOT EXISTS settings(name TEXT PRIMARY KEY,"
                       " value TEXT NOT NULL) WITHOUT ROWID;"
                       "DROP TABLE IF EXISTS labels;"
                       "CREATE TABLE labels(number INTEGER, field INTEGER, value TEXT,"
                       " PRIMARY KEY(number, field, value)) WITHOUT ROWID;"
                       "PRAGMA user_version = 2;");
    statement keep(connection, "INSERT OR REPLACE INTO settings(name, value) VALUES(?, ?)");
    const auto put = [&](std::string_view name, const json::value& value)
    {
        const std::string text = penstock::write_json(value);
        keep.bind(1, name);
        keep.bind(2, text);
        keep.run();
    };
    put("fields", json::array(of.fields.begin(), of.fields.end()));
    put("facets", json::array(of.facets.begin(), of.facets.end()));
    put("language", json::value(of.language));
}

void make_tables(connection& connection, const settings& of)
{
    connection.execute("CREATE TABLE documents(number INTEGER PRIMARY KEY,"
                       " id TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, lists TEXT NOT NULL);"
                       "PRAGMA user_version = 1;");
    make_index(connection, of);
    if (of != settings())
        keep_settings(connection, of);
}

void index_anew(connection& connection, const settings& of)
{
    connection.execute("DROP TABLE words");
    make_index(connection, of);
    keep_settings(connection, of);
    document_index index(connection, of);
    statement all(connection, "SELECT number, fields FROM documents");
    while (all.step())
    {
        const json::object fields =
            penstock::parse_json(all.text(1), penstock::own_text).as_object();
        index.add(all.integer(0), columns_of(fields, of.fields), labels_of(fields, of.facets));
    }
}

std::vector<std::string> texts_in(const json::value& list)
{
    std::vector<std::string> found;
    for (const json::value& each : list.as_array())
        found.emplace_back(each.as_string());
    return found;
}

settings read_settings(connection& connection)
{
    settings read;
    statement all(connection, "SELECT name, value FROM settings");
    while (all.step())
    {
        const json::value value = penstock::parse_json(all.text(1), penstock::own_text);
        if (all.text(0) == "fields")
            read.fields = texts_in(value);
        else if (all.text(0) == "facets")
            read.facets = texts_in(value);
        else if (all.text(0) == "language")
            read.language = value.as_string();
    }
    return read;
}

} // namespace

std::int64_t version_of(connection& connection)
{
    statement version(connection, "PRAGMA user_version");
    version.step();
    const std::int64_t found = version.integer(0);
    if (found < 0 || found > 2)
        throw database_error("database: has version " + std::to_string(found) +
                             "; 1 or 2 was expected");
    return found;
}

settings open_settings(connection& connection)
{
    const settings found = version_of(connection) < 2 ? settings() : read_settings(connection);
    if (!found.language.empty())
        add_stemming(connection);
    return found;
}

void prepare(connection& connection, const settings& wanted)
{
    const bool is_new = version_of(connection) == 0;
    // The tokenizer that there was is needed too: to drop its table.
    const settings found = is_new ? settings() : open_settings(connection);
    if (!wanted.language.empty())
        add_stemming(connection);
    if (!is_new && found == wanted)
        return;
    connection.execute("BEGIN IMMEDIATE");
    try
    {
        if (is_new)
            make_tables(connection, wanted);
        else
            index_anew(connection, wanted);
        connection.execute("COMMIT");
    }
    catch (const std::exception&)
    {
        if (connection.in_transaction())
            connection.execute("ROLLBACK");
        throw;
    }
}

std::string columns_sql(const settings& of)
{
    std::string list;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        list += 'c' + std::to_string(i) + ", ";
    return list + "text";
}

std::string places_sql(std::size_t count)
{
    std::string list;
    while (count-- > 0)
        list += ", ?";
    return list;
}

} // namespace search_package
