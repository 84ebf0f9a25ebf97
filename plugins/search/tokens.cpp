// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tokens.hpp"

#include "stemming.hpp"

#include <array>
#include <exception>

#include <sqlite3.h>

namespace search_package
{

struct tokenizer::tool
{
    fts5_tokenizer calls{};
    Fts5Tokenizer* instance = nullptr;

    tool() = default;
    ~tool()
    {
        if (instance != nullptr)
            calls.xDelete(instance);
    }
    tool(const tool&) = delete;
    tool& operator=(const tool&) = delete;
};

namespace
{

int flags_of(text_kind kind)
{
    switch (kind)
    {
    case text_kind::document: return FTS5_TOKENIZE_DOCUMENT;
    case text_kind::word: return FTS5_TOKENIZE_QUERY;
    case text_kind::start_of_word: return FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX;
    }
    return FTS5_TOKENIZE_DOCUMENT;
}

// Called by SQLite, through which nothing is thrown.
int add_token(void* list, int flags, const char* text, int size, int begin, int end) noexcept
{
    try
    {
        static_cast<std::vector<token>*>(list)->push_back(
            {std::string(text, static_cast<std::size_t>(size)), static_cast<std::size_t>(begin),
             static_cast<std::size_t>(end), (flags & FTS5_TOKEN_COLOCATED) != 0});
        return SQLITE_OK;
    }
    catch (const std::exception&)
    {
        return SQLITE_NOMEM;
    }
}

} // namespace

tokenizer::tokenizer(connection& connection, const std::string& language)
    : tool_(std::make_unique<tool>())
{
    fts5_api& api = fts5_of(connection);
    const bool is_plain = language.empty();
    const std::string name(is_plain ? "unicode61" : stemming_tokenizer);
    std::array<const char*, 2> plain{"remove_diacritics", "2"};
    std::array<const char*, 1> stemmed{language.c_str()};
    void* context = nullptr;
    if (api.xFindTokenizer(&api, name.c_str(), &context, &tool_->calls) != SQLITE_OK ||
        tool_->calls.xCreate(context, is_plain ? plain.data() : stemmed.data(), is_plain ? 2 : 1,
                             &tool_->instance) != SQLITE_OK)
        throw database_error("database: there is no tokenizer " + name, SQLITE_ERROR);
}

tokenizer::~tokenizer() = default;

std::vector<token> tokenizer::tokens(std::string_view text, text_kind kind) const
{
    std::vector<token> found;
    if (tool_->calls.xTokenize(tool_->instance, &found, flags_of(kind), text.data(),
                               static_cast<int>(text.size()), &add_token) != SQLITE_OK)
        throw database_error("database: the words of a text cannot be found", SQLITE_NOMEM);
    return found;
}

} // namespace search_package
