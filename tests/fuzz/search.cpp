// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Questions of plugins/search, and the snippets of what they find: any words in any text, with the
// stems of a language and without.

#include "plugins/search/document_index.hpp"
#include "plugins/search/settings.hpp"
#include "plugins/search/snippet.hpp"
#include "plugins/search/tokens.hpp"
#include "plugins/search/words.hpp"
#include "target.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <optional>

namespace penstock::fuzz
{

namespace
{

using namespace search_package;

// An index in memory, of one document at a time.
class index_in
{
public:
    explicit index_in(const std::string& language)
        : with_{{"t"}, {}, language}, database_(":memory:", connection::use::writing)
    {
        prepare(database_, with_);
        words_.emplace(database_, language);
        documents_.emplace(database_, with_);
        count_.emplace(database_, "SELECT count(*) FROM words WHERE words MATCH ?");
    }

    [[nodiscard]] const tokenizer& words() const { return *words_; }

    [[nodiscard]] bool finds(const std::vector<term>& terms, const json::object& fields)
    {
        const std::vector<std::string> columns = columns_of(fields, with_.fields);
        documents_->add(1, columns, {});
        const std::string expression = match_expression(terms);
        count_->bind(1, expression);
        count_->step();
        const bool is_found = count_->integer(0) == 1;
        count_->reset();
        documents_->remove(1, columns);
        return is_found;
    }

private:
    const settings with_;
    connection database_;
    std::optional<tokenizer> words_;
    std::optional<document_index> documents_;
    std::optional<statement> count_;
};

void try_question(index_in& index, std::string_view typed, std::string_view text)
{
    const std::vector<term> terms = terms_of(typed);
    const json::object fields{{"t", text}};
    const bool is_found = !terms.empty() && index.finds(terms, fields);
    const snippet_style style{.fields = {}, .words = 5, .begin = "\x01", .end = "\x02"};
    std::string snippet = snippets(index.words(), terms, style).make(fields);
    const bool is_own = text.find_first_of("\x01\x02") == text.npos;
    const auto marks = std::ranges::count(snippet, '\x01');
    hold(!is_own || marks == std::ranges::count(snippet, '\x02'), "each mark has its end");
    hold(snippet.find_first_of("<>\"'") == snippet.npos, "nothing of the text is a tag");
    hold(snippet.size() <= 5 * 40 * 6 + 64, "a snippet is short");
    const bool is_simple = is_found && is_own && text.size() < 60'000;
    hold(!is_simple || terms.size() > 5 || marks > 0 || snippet.size() > 150,
         "what was found is marked");
}

} // namespace

std::vector<std::string> seeds()
{
    using namespace std::string_literals;
    return {"\0slow water\nSlow water, deep Water. <b>'bold'</b>"s,
            "\1house run* \"the houses\"\nRunning through the houses & homes"s,
            "\1caf\xc3\xa9\nim CAF\xc3\x89 l\xc3\xa4uft"s,
            "\0\"open\na\xff\xfe\xcc\x81 open \xe6\xb0\xb4\xe6\xb0\xb4"s,
            "\0a a* \"a b\" (NEAR b:c ^d\na b a b a b c d NEAR"s};
}

void try_input(std::string_view input)
{
    static index_in plain("");
    static index_in english("english");
    index_in& index = take(input) % 2 == 0 ? plain : english;
    const std::size_t end = std::min(input.find('\n'), input.size());
    try_question(index, input.substr(0, end), input.substr(std::min(end + 1, input.size())));
}

} // namespace penstock::fuzz
