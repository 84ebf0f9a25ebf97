// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reader.hpp"

#include "snippet.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace search_package
{
namespace
{

constexpr std::size_t most_statements = 16; // kept for the next question

std::int64_t schema_of(connection& database)
{
    statement version(database, "PRAGMA schema_version");
    version.step();
    return version.integer(0);
}

std::int64_t facet_number(const settings& with, const std::string& field, std::string_view asked_by)
{
    const auto at = std::ranges::find(with.facets, field);
    if (at == with.facets.end())
        throw question_error(std::string(asked_by) + ": the index has no values of \"" + field +
                             "\"; a field that facets of search/index names was expected");
    return at - with.facets.begin();
}

// What FTS5 is told of weights; empty if all are 1.
std::string rank_of(const settings& with, const std::vector<weight>& weights)
{
    if (weights.empty())
        return {};
    std::vector<double> of_columns(with.fields.size() + 1, 1);
    for (const weight& each : weights)
    {
        const auto at = std::ranges::find(with.fields, each.field);
        if (at == with.fields.end())
            throw question_error("weights: the index has no column of \"" + each.field +
                                 "\"; a field that fields of search/index names was expected");
        of_columns[static_cast<std::size_t>(at - with.fields.begin())] = each.value;
    }
    std::string text = "bm25(";
    for (const double each : of_columns)
        text += (text.ends_with('(') ? "" : ", ") + std::to_string(each);
    return text + ')';
}

} // namespace

reader::session::session(const std::string& path)
    : database(path, connection::use::reading),
      with(open_settings(database)),
      words(database, with.language),
      schema(schema_of(database))
{
}

statement& reader::session::prepared(const std::string& sql)
{
    if (const auto found = statements.find(sql); found != statements.end())
        return found->second;
    if (statements.size() == most_statements)
        statements.clear();
    return statements.emplace(sql, statement(database, sql)).first->second;
}

bool reader::session::is_outdated()
{
    return database.is_orphaned() || schema_of(database) != schema;
}

// One question, while its transaction lasts.
struct reader::search
{
    session& in;
    const question& asked;
    const time_limit& time;
    std::string expression = match_expression(asked.terms);

    void check_time() const
    {
        if (time.is_over())
            throw question_error("text: the answer takes too long; one within " +
                                 std::to_string(asked.time.count()) + " ms was expected");
    }

    // Before SQL is made of them: a database of version 1 has no labels.
    void check_names() const
    {
        for (const filter& each : asked.filters)
            (void)facet_number(in.with, each.field, "filters");
        for (const std::string& each : asked.facets)
            (void)facet_number(in.with, each, "facets");
    }

    // What of a statement chooses documents, behind `FROM words`.
    [[nodiscard]] std::string where(bool is_ranked) const
    {
        std::string sql = " WHERE words MATCH ?";
        if (is_ranked)
            sql += " AND words.rank MATCH ?";
        for (const filter& each : asked.filters)
        {
            std::string places = places_sql(each.values.size());
            sql += " AND EXISTS(SELECT 1 FROM labels AS l WHERE l.number = words.rowid"
                   " AND l.field = ? AND l.value IN (" +
                   places.substr(std::min<std::size_t>(2, places.size())) + "))";
        }
        return sql;
    }

    // Binds what where() asks for, from the nth place on; returns the next place.
    int bind(statement& to, int n, const std::string& rank) const
    {
        to.bind(n++, expression);
        if (!rank.empty())
            to.bind(n++, rank);
        for (const filter& each : asked.filters)
        {
            to.bind(n++, facet_number(in.with, each.field, "filters"));
            for (const std::string& value : each.values)
                to.bind(n++, value);
        }
        return n;
    }

    void find(answer& found) const
    {
        const std::string rank = rank_of(in.with, asked.weights);
        statement& select =
            in.prepared("SELECT documents.id, documents.fields, documents.lists, -words.rank"
                        " FROM words JOIN documents ON documents.number = words.rowid" +
                        where(!rank.empty()) + " ORDER BY words.rank LIMIT ? OFFSET ?");
        const int n = bind(select, 1, rank);
        select.bind(n, asked.limit);
        select.bind(n + 1, asked.offset);
        const snippets pieces(in.words, asked.terms, asked.snippet);
        while (select.step())
        {
            hit& hit = found.hits.emplace_back();
            hit.id = select.text(0);
            hit.fields =
                std::move(penstock::parse_json(select.text(1), penstock::own_text).as_object());
            if (!select.text(2).empty())
                hit.lists =
                    std::move(penstock::parse_json(select.text(2), penstock::own_text).as_array());
            hit.score = select.real(3);
            if (asked.snippet.words > 0)
                hit.snippet = pieces.make(hit.fields);
            check_time();
        }
        select.reset();
    }

    void count(answer& found) const
    {
        const auto shown = static_cast<std::int64_t>(found.hits.size());
        found.total = asked.offset + shown;
        if (shown < asked.limit && (shown > 0 || asked.offset == 0))
            return;
        statement& select = in.prepared("SELECT count(*) FROM words" + where(false));
        bind(select, 1, {});
        select.step();
        found.total = select.integer(0);
        select.reset();
    }

    void count_values(answer& found) const
    {
        for (const std::string& field : asked.facets)
        {
            statement& select =
                in.prepared("SELECT v.value, count(*) FROM words CROSS JOIN labels AS v"
                            " ON v.number = words.rowid AND v.field = ?" +
                            where(false) + " GROUP BY v.value ORDER BY 2 DESC, 1 LIMIT ?");
            select.bind(1, facet_number(in.with, field, "facets"));
            select.bind(bind(select, 2, {}), asked.facet_values);
            std::vector<facet_value>& values = found.facets.emplace_back();
            while (select.step())
                values.push_back({std::string(select.text(0)), select.integer(1)});
            select.reset();
        }
    }
};

reader::reader(std::string path) : path_(std::move(path)) {}

// The writer makes the file first and its tables a moment later.
bool reader::exists() const
{
    if (!std::filesystem::exists(path_))
        return false;
    connection database(path_, connection::use::reading);
    return version_of(database) != 0;
}

answer reader::ask(const question& asked)
{
    answer found;
    if (session_ && session_->is_outdated())
        session_.reset();
    if (asked.terms.empty() || (!session_ && !exists()))
    {
        found.facets.resize(asked.facets.size());
        return found;
    }
    try
    {
        if (!session_)
            session_.emplace(path_);
        const time_limit time(session_->database, asked.time);
        session_->database.execute("BEGIN"); // until the end, nothing of the index changes
        const search search{*session_, asked, time};
        search.check_names();
        search.find(found);
        search.count(found);
        search.count_values(found);
        session_->database.execute("COMMIT");
    }
    catch (const database_error& error)
    {
        session_.reset();
        if (error.was_interrupted())
            throw question_error("text: the answer takes too long; one within " +
                                 std::to_string(asked.time.count()) + " ms was expected");
        throw;
    }
    catch (...)
    {
        session_.reset();
        throw;
    }
    return found;
}

} // namespace search_package
