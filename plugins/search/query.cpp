// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "asking.hpp"
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
    penstock::output out{
        *this, "out",
        "The documents found, the best first, with the fields _rank, from 1 (behind the offset), "
        "_score and _snippet. The last of them has meta total, how many were found, and facets."};
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
    penstock::parameter<json::value> offset{
        *this, "offset", "/meta/query_offset",
        "How many documents, the best first, are passed over: a number up to 10000, or the place "
        "in the question where it is; what is no whole number there is 0."};
    penstock::parameter<json::object> filters{
        *this,
        "filters",
        {},
        "Values that documents must have, by field: one, a list of which one is enough, or the "
        "place in the question where they are, /meta/NAME or /fields/NAME; a place without values "
        "filters nothing. The fields must be among the facets of search/index.",
        penstock::example{json::object{{"kind", "/meta/query_kind"}}}};
    penstock::parameter<std::vector<std::string>> facets{
        *this,
        "facets",
        {},
        "Fields whose values are counted in all documents found: meta facets has for each field a "
        "list of value and count, the most frequent first. The fields must be among the facets of "
        "search/index.",
        penstock::example{json::array{"kind"}}};
    penstock::parameter<std::uint32_t> facet_values{
        *this, "facet_values", 10, "The most values of a facet.", penstock::range{1, 1'000}};
    penstock::parameter<json::object> weights{
        *this,
        "weights",
        {},
        "How much a word in a field counts, from 0 to 1000; 1 in fields that are not named. The "
        "fields must be among the fields of search/index.",
        penstock::example{json::object{{"title", 5}}}};
    penstock::parameter<std::vector<std::string>> snippet_fields{
        *this,
        "snippet_fields",
        {},
        "Where snippets come from; if empty, from any field.",
        penstock::example{json::array{"text"}}};
    penstock::parameter<std::uint32_t> snippet_words{
        *this, "snippet_words", 30, "About the most words of a snippet; 0: there are none.",
        penstock::range{0, 1'000}};
    penstock::parameter<std::vector<std::string>> snippet_marks{
        *this, "snippet_marks", std::vector<std::string>{"<mark>", "</mark>"},
        "What stands before and behind a word that was looked for."};
    penstock::parameter<bool> snippet_html{
        *this, "snippet_html", true,
        "Escapes &, <, >, \" and ' in the text of a snippet, so that the marks are its only tags "
        "and it stands in a page as it is. False: the text as it is, for the page to escape."};
    penstock::parameter<bool> sends_empty{
        *this, "sends_empty", false,
        "Sends a packet without fields, with meta total and facets, when there is no document to "
        "send, or no word to look for; otherwise such a question is dropped, or fails."};
    penstock::parameter<std::chrono::milliseconds> time{*this, "time", std::chrono::seconds(10),
                                                        "How long one question may be looked for.",
                                                        penstock::range{1, 3'600'000}};

    void check(penstock::problems& found) const override
    {
        check_database(database, found);
        check_place(id, found);
        check_place(text, found);
        check_offset(offset, found);
        check_filters(filters, found);
        check_names(facets, most_facets, found);
        check_weights(weights, found);
        if (snippet_marks->size() != 2)
            found.add(snippet_marks,
                      "has " + std::to_string(snippet_marks->size()) + " texts; two were expected");
    }

    void start() override { reader_.emplace(database_file(*database)); }

    void run() override
    {
        while (auto question = in.receive())
            reply_to(std::move(*question));
    }

    void reply_to(penstock::packet asking)
    {
        const std::optional<std::string> typed = place(*text).text(asking);
        if (!typed && !*sends_empty)
            return fail(std::move(asking),
                        "text: there is no " + *text + "; words to look for were expected");
        const question asked = question_of(typed.value_or(""), asking);
        answer found;
        std::string wrong;
        try
        {
            found = penstock::blocking([&] { return reader_->ask(asked); });
        }
        catch (const question_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            return fail(std::move(asking), std::move(wrong));
        if (found.hits.empty() && !*sends_empty)
            return drop(std::move(asking));
        send(asking, asked, std::move(found));
    }

    question question_of(const std::string& typed, const penstock::packet& asking) const
    {
        return {.terms = terms_of(typed),
                .filters = filters_of(*filters, asking),
                .offset = offset_of(*offset, asking),
                .limit = *limit,
                .facets = *facets,
                .facet_values = *facet_values,
                .weights = weights_of(*weights),
                .snippet = {.fields = *snippet_fields,
                            .words = *snippet_words,
                            .begin = snippet_marks->front(),
                            .end = snippet_marks->back(),
                            .is_html = *snippet_html},
                .time = *time};
    }

    void send(const penstock::packet& asking, const question& asked, answer found)
    {
        std::int64_t rank = asked.offset;
        for (std::size_t i = 0; i < found.hits.size(); ++i)
        {
            penstock::packet made = document(asking, std::move(found.hits[i]), ++rank);
            if (i + 1 == found.hits.size())
                add_summary(made, found);
            out.send(std::move(made));
        }
        if (!found.hits.empty())
            return;
        penstock::packet none = asking.derive();
        add_summary(none, found);
        out.send(std::move(none));
    }

    void add_summary(penstock::packet& last, const answer& found) const
    {
        last.set_meta("total", json::value(found.total));
        if (facets->empty())
            return;
        json::object counts;
        for (std::size_t i = 0; i < facets->size(); ++i)
        {
            json::array values;
            for (const facet_value& each : found.facets[i])
                values.push_back({{"value", each.value}, {"count", each.count}});
            counts[(*facets)[i]] = std::move(values);
        }
        last.set_meta("facets", json::value(std::move(counts)));
    }

    penstock::packet document(const penstock::packet& asking, hit hit, std::int64_t rank) const
    {
        penstock::packet document = asking.derive();
        document.set_fields(std::move(hit.fields));
        for (const json::value& name : hit.lists)
            document.set(name.as_string(), document.get(name.as_string()));
        document.set("_rank", rank);
        document.set("_score", hit.score);
        if (*snippet_words > 0)
            document.set("_snippet", hit.snippet);
        place(*id).put(document, hit.id);
        return document;
    }

    std::optional<reader> reader_;
};

} // namespace

extern constinit const penstock::component_entry query_entry = penstock::component_of<query>(
    "query", penstock::category::transformer, "Looks documents up in a full-text index.");

} // namespace search_package
