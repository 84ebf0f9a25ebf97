// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reader.hpp"

#include "words.hpp"

#include <filesystem>
#include <utility>

namespace search_package
{

reader::session::session(const std::string& path)
    : database(path, connection::use::reading),
      search(database, "SELECT id, fields, lists, -words.rank FROM words"
                       " JOIN documents ON documents.number = words.rowid"
                       " WHERE words MATCH ? ORDER BY words.rank LIMIT ?")
{
}

reader::reader(std::string path) : path_(std::move(path)) {}

// The writer makes the file first and its tables a moment later.
bool reader::exists() const
{
    if (!std::filesystem::exists(path_))
        return false;
    connection database(path_, connection::use::reading);
    return version_of(database) != 0;
}

std::vector<hit> reader::search(std::string_view typed, std::int64_t limit,
                                std::chrono::milliseconds time)
{
    std::vector<hit> hits;
    const std::string expression = match_expression(typed);
    if (session_ && session_->database.is_orphaned())
        session_.reset();
    if (expression.empty() || (!session_ && !exists()))
        return hits;
    try
    {
        if (!session_)
            session_.emplace(path_);
        const time_limit bounded(session_->database, time);
        statement& found = session_->search;
        found.bind(1, expression);
        found.bind(2, limit);
        while (found.step())
        {
            hit& hit = hits.emplace_back();
            hit.id = found.text(0);
            hit.fields =
                std::move(penstock::parse_json(found.text(1), penstock::own_text).as_object());
            if (!found.text(2).empty())
                hit.lists =
                    std::move(penstock::parse_json(found.text(2), penstock::own_text).as_array());
            hit.score = found.real(3);
        }
        found.reset();
    }
    catch (const database_error& error)
    {
        session_.reset();
        if (error.was_interrupted())
            throw question_error("text: the answer takes too long; one within " +
                                 std::to_string(time.count()) + " ms was expected");
        throw;
    }
    catch (...)
    {
        session_.reset();
        throw;
    }
    return hits;
}

} // namespace search_package
