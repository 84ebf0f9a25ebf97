// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "gmime.hpp"
#include "encoding.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <dlfcn.h>

namespace mail_package
{

namespace
{

constexpr std::string_view replacement = "windows-1252";

GMimeParserOptions* start_gmime()
{
    // A second copy of the library could not register its types.
    ::Dl_info library{};
    if (::dladdr(reinterpret_cast<const void*>(&g_mime_init), &library) != 0)
        ::dlopen(library.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    g_mime_init();
    GMimeParserOptions* options = g_mime_parser_options_new();
    std::array<const char*, 3> charsets{"utf-8", replacement.data(), nullptr};
    g_mime_parser_options_set_fallback_charsets(options, charsets.data());
    g_mime_parser_options_set_allow_addresses_without_domain(options, TRUE);
    return options;
}

// A text with the names of unknown encodings replaced.
class known_charsets
{
public:
    explicit known_charsets(std::string_view text) : text_(text) {}

    // In encoded words: =?NAME?B?TEXT?= and =?NAME*LANGUAGE?B?TEXT?=.
    std::string in_words()
    {
        for (std::size_t at = text_.find("=?"); at < text_.size(); at = text_.find("=?", at))
        {
            const std::size_t end = text_.find_first_of("?*", at + 2);
            if (end == std::string_view::npos)
                break;
            check(at + 2, end);
            at = end;
        }
        return rest();
    }

    // In parameters: ;NAME*=CHARSET'LANGUAGE'TEXT and ;NAME*0*=CHARSET'LANGUAGE'TEXT.
    std::string in_parameters()
    {
        std::size_t quote = 0;
        for (std::size_t at = text_.find("*="); at < text_.size(); at = text_.find("*=", at))
        {
            at = std::min(text_.find_first_not_of(" \t\"", at + 2), text_.size());
            if (quote < at)
                quote = text_.find('\'', at);
            if (quote == std::string_view::npos)
                break;
            const std::size_t end = text_.substr(at, quote - at).find(';');
            if (end == std::string_view::npos)
                check(at, quote);
            at = end == std::string_view::npos ? quote : at + end;
        }
        return rest();
    }

private:
    void check(std::size_t begin, std::size_t end)
    {
        if (is_mail_charset(text_.substr(begin, end - begin)))
            return;
        made_.append(text_.substr(begin_, begin - begin_)).append(replacement);
        begin_ = end;
    }

    std::string rest()
    {
        made_ += text_.substr(begin_);
        return std::move(made_);
    }

    std::string_view text_;
    std::size_t begin_ = 0; // of what is not in `made_`
    std::string made_;
};

} // namespace

GMimeParserOptions* gmime_options()
{
    static GMimeParserOptions* const options = start_gmime();
    return options;
}

std::string readable(std::string_view value)
{
    std::string text;
    text.reserve(value.size());
    for (const char c : value)
        if (c == '\0')
            text += ' ';
        else if (c != '\r' && c != '\n')
            text += c;
    return known_charsets(text).in_words();
}

std::string readable_parameters(std::string_view value)
{
    return known_charsets(readable(value)).in_parameters();
}

std::string taken(char* text)
{
    const gmime_text owned(text);
    return text == nullptr ? std::string() : penstock::detail::repaired_utf8(text);
}

} // namespace mail_package
