// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "stemming.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <libstemmer.h>
#include <sqlite3.h>

namespace search_package
{
namespace
{

constexpr int longest_word =
    64; // bytes; of longer ones, as hashes and links are, no stem is sought

struct stemmer_deleter
{
    void operator()(sb_stemmer* stemmer) const noexcept { sb_stemmer_delete(stemmer); }
};

using stemmer_ptr = std::unique_ptr<sb_stemmer, stemmer_deleter>;

// One of FTS5's own tokenizers.
class plain_tokenizer
{
public:
    plain_tokenizer(fts5_api& api, const char* remove_diacritics)
    {
        void* context = nullptr;
        std::array<const char*, 2> arguments{"remove_diacritics", remove_diacritics};
        if (api.xFindTokenizer(&api, "unicode61", &context, &calls_) != SQLITE_OK ||
            calls_.xCreate(context, arguments.data(), static_cast<int>(arguments.size()),
                           &instance_) != SQLITE_OK)
            throw database_error("database: SQLite has no tokenizer unicode61", SQLITE_ERROR);
    }

    ~plain_tokenizer() { calls_.xDelete(instance_); }

    plain_tokenizer(const plain_tokenizer&) = delete;
    plain_tokenizer& operator=(const plain_tokenizer&) = delete;

    int each(void* context, int flags, const char* text, int size,
             int (*token)(void*, int, const char*, int, int, int)) const
    {
        return calls_.xTokenize(instance_, context, flags, text, size, token);
    }

private:
    fts5_tokenizer calls_{};
    Fts5Tokenizer* instance_ = nullptr;
};

class stemming
{
public:
    stemming(fts5_api& api, const char* language)
        : words_(api, "0"), folding_(api, "2"), stemmer_(sb_stemmer_new(language, "UTF_8"))
    {
        if (stemmer_ == nullptr)
            throw database_error(std::string("database: there are no stems of ") + language,
                                 SQLITE_ERROR);
    }

    using receiver = int (*)(void*, int, const char*, int, int, int);

    int each(void* context, int flags, const char* text, int size, receiver token)
    {
        tokenizing now{*this, context, flags, token};
        return words_.each(&now, flags, text, size, &stemming::take_word);
    }

private:
    struct tokenizing
    {
        stemming& self;
        void* context;
        int flags;
        receiver token;
    };

    // Called by SQLite, through which nothing is thrown.
    static int take_word(void* state, int, const char* word, int size, int begin, int end) noexcept
    {
        tokenizing& now = *static_cast<tokenizing*>(state);
        try
        {
            return now.self.tell(now, {word, static_cast<std::size_t>(size)}, begin, end);
        }
        catch (const std::exception&)
        {
            return SQLITE_NOMEM;
        }
    }

    int tell(const tokenizing& now, std::string_view word, int begin, int end)
    {
        const std::string whole = folded(word);
        const bool is_start = (now.flags & FTS5_TOKENIZE_PREFIX) != 0;
        const std::string stem = is_start ? whole : folded(stem_of(word));
        const int told = give(now, 0, stem, begin, end);
        const bool is_asked_for = (now.flags & FTS5_TOKENIZE_QUERY) != 0;
        if (told != SQLITE_OK || is_asked_for || whole == stem)
            return told;
        return give(now, FTS5_TOKEN_COLOCATED, whole, begin, end);
    }

    static int give(const tokenizing& now, int flags, const std::string& word, int begin, int end)
    {
        return now.token(now.context, flags, word.data(), static_cast<int>(word.size()), begin,
                         end);
    }

    std::string_view stem_of(std::string_view word)
    {
        if (word.size() > static_cast<std::size_t>(longest_word))
            return word;
        const sb_symbol* stem =
            sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                            static_cast<int>(word.size()));
        const int size = stem == nullptr ? 0 : sb_stemmer_length(stemmer_.get());
        return size <= 0 ? word
                         : std::string_view(reinterpret_cast<const char*>(stem),
                                            static_cast<std::size_t>(size));
    }

    // Without the marks on its letters; as it is if nothing would be left.
    std::string folded(std::string_view word) const
    {
        const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
        std::string out;
        if (!std::ranges::all_of(word, is_ascii))
            (void)folding_.each(&out, FTS5_TOKENIZE_DOCUMENT, word.data(),
                                static_cast<int>(word.size()), &stemming::append);
        return out.empty() ? std::string(word) : out;
    }

    static int append(void* out, int, const char* word, int size, int, int) noexcept
    {
        try
        {
            static_cast<std::string*>(out)->append(word, static_cast<std::size_t>(size));
            return SQLITE_OK;
        }
        catch (const std::exception&)
        {
            return SQLITE_NOMEM;
        }
    }

    plain_tokenizer words_;
    plain_tokenizer folding_;
    stemmer_ptr stemmer_;
};

int create(void* api, const char** arguments, int count, Fts5Tokenizer** made) noexcept
{
    try
    {
        if (count != 1)
            return SQLITE_ERROR;
        *made = reinterpret_cast<Fts5Tokenizer*>(
            std::make_unique<stemming>(*static_cast<fts5_api*>(api), arguments[0]).release());
        return SQLITE_OK;
    }
    catch (const std::exception&)
    {
        return SQLITE_ERROR;
    }
}

void destroy(Fts5Tokenizer* made) noexcept
{
    std::unique_ptr<stemming>(reinterpret_cast<stemming*>(made)).reset();
}

int tokenize(Fts5Tokenizer* made, void* context, int flags, const char* text, int size,
             stemming::receiver token) noexcept
{
    return reinterpret_cast<stemming*>(made)->each(context, flags, text, size, token);
}

} // namespace

bool has_stems(const std::string& language)
{
    const auto is_of_name = [](char c) { return c >= 'a' && c <= 'z'; };
    return std::ranges::all_of(language, is_of_name) &&
           stemmer_ptr(sb_stemmer_new(language.c_str(), "UTF_8")) != nullptr;
}

std::string languages()
{
    std::string list;
    for (const char** each = sb_stemmer_list(); *each != nullptr; ++each)
        list += (list.empty() ? "" : ", ") + std::string(*each);
    return list;
}

fts5_api& fts5_of(connection& connection)
{
    statement ask(connection, "SELECT fts5(?)");
    fts5_api* api = nullptr;
    ask.bind_pointer(1, &api, "fts5_api_ptr");
    ask.step();
    if (api == nullptr)
        throw database_error("database: SQLite has no FTS5", SQLITE_ERROR);
    return *api;
}

void add_stemming(connection& connection)
{
    fts5_api& api = fts5_of(connection);
    fts5_tokenizer calls{.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
    const std::string name(stemming_tokenizer);
    if (api.xCreateTokenizer(&api, name.c_str(), &api, &calls, nullptr) != SQLITE_OK)
        connection.raise();
}

} // namespace search_package
