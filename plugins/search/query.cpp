// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "place.hpp"
#include "reader.hpp"
#include "store.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace search_package
{
namespace
{

namespace json = penstock::json;

class query final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Questions."};
    penstock::output out{*this, "out",
                         "The documents found, the best first, with the fields _rank, from 1, and "
                         "_score."};
    penstock::parameter<std::string> database{
        *this, "database", penstock::no_default,
        "The name of the database under the data directory: a-z, 0-9, _ and -.",
        penstock::example{"catalogue"}};
    penstock::parameter<std::string> text{
        *this, "text", "/meta/id",
        "Where the words to look for are: /meta/NAME, /fields/NAME, or the NAME of meta or else of "
        "a field. All words must occur; \"quoted words\" in that order; star* finds starts."};
    penstock::parameter<std::string> id{
        *this, "id", "/meta/id", "Where to put the id of a document: /meta/NAME or /fields/NAME."};
    penstock::parameter<std::uint32_t> limit{
        *this, "limit", 10, "The most documents of one answer.", penstock::range{1, 10'000}};

    penstock::parameter<std::chrono::milliseconds> time{*this, "time", std::chrono::seconds(10),
                                                        "How long one question may be looked for.",
                                                        penstock::range{1, 3'600'000}};

    void check(penstock::problems& found) const override { check_database(database, found); }

    void start() override { reader_.emplace(database_file(*database)); }

    void run() override
    {
        while (auto question = in.receive())
            answer(std::move(*question));
    }

    void answer(penstock::packet question)
    {
        const std::optional<std::string> typed = place(*text).text(question);
        if (!typed)
            return fail(std::move(question),
                        "text: there is no " + *text + "; words to look for were expected");
        std::vector<hit> hits;
        std::string wrong;
        try
        {
            hits = penstock::blocking([&] { return reader_->search(*typed, *limit, *time); });
        }
        catch (const question_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            return fail(std::move(question), std::move(wrong));
        if (hits.empty())
            return drop(std::move(question));
        std::int64_t rank = 0;
        for (hit& hit : hits)
            out.send(document(question, std::move(hit), ++rank));
    }

    penstock::packet document(const penstock::packet& question, hit hit, std::int64_t rank) const
    {
        penstock::packet document = question.derive();
        document.set_fields(std::move(hit.fields));
        for (const json::value& name : hit.lists)
            document.set(name.as_string(), document.get(name.as_string()));
        document.set("_rank", rank);
        document.set("_score", hit.score);
        place(*id).put(document, hit.id);
        return document;
    }

    std::optional<reader> reader_;
};

} // namespace

extern constinit const penstock::component_entry query_entry = penstock::component_of<query>(
    "query", penstock::category::transformer, "Looks documents up in a full-text index.");

} // namespace search_package
