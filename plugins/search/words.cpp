// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "words.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace search_package
{
namespace
{

namespace json = penstock::json;

// The expression is a tree in memory, and nobody types more.
constexpr std::size_t most_words = 64;
constexpr std::size_t longest_question = 4'096;

void append(const json::value& value, std::string& out)
{
    switch (value.kind())
    {
    case json::kind::string:
        out.append(value.get_string().data(), value.get_string().size());
        out += '\n';
        break;
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
        penstock::write_json(value, out);
        out += '\n';
        break;
    case json::kind::array:
        for (const json::value& each : value.get_array())
            append(each, out);
        break;
    case json::kind::object:
        for (const auto& [name, each] : value.get_object())
            append(each, out);
        break;
    default: break;
    }
}

bool is_space(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

// Whether the tokenizer may find something in it: beyond ASCII only it knows.
bool is_of_word(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Cuts a text behind so many words, which it takes off `left`. FTS5 may see more, where other
// characters than ASCII's stand between them.
std::string_view cut(std::string_view text, std::size_t& left)
{
    bool inside = false;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        const bool was_inside = std::exchange(inside, is_of_word(text[at]));
        if (!inside || was_inside)
            continue;
        if (left == 0)
            return text.substr(0, at);
        --left;
    }
    return text;
}

// One term of what was typed: a word, or what stands between two quotes.
struct term
{
    std::string_view text;
    bool prefix;
};

// Takes the next term off the front; `typed` does not start with a space.
term take_term(std::string_view& typed)
{
    if (typed.front() == '"')
    {
        const std::size_t end = std::min(typed.find('"', 1), typed.size());
        const term quoted{typed.substr(1, end - 1), false};
        typed.remove_prefix(std::min(end + 1, typed.size()));
        return quoted;
    }
    const auto end =
        std::find_if(typed.begin(), typed.end(), [](char c) { return is_space(c) || c == '"'; });
    term word{typed.substr(0, static_cast<std::size_t>(end - typed.begin())), false};
    typed.remove_prefix(word.text.size());
    while (word.text.ends_with('*'))
    {
        word.prefix = true;
        word.text.remove_suffix(1);
    }
    return word;
}

// What tells a term from others, as far as ASCII goes. One that is there twice finds nothing else,
// and costs FTS5 each of its places twice.
std::string lower(const term& term)
{
    std::string key(term.prefix ? "*" : " ");
    for (const char c : term.text)
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
}

void append(const term& term, std::string& out)
{
    out += out.empty() ? "\"" : " \"";
    for (const char c : term.text)
        out += is_space(c) ? ' ' : c;
    out += term.prefix ? "\"*" : "\"";
}

} // namespace

std::string searchable(const json::object& fields)
{
    std::string out;
    for (const auto& [name, value] : fields)
        append(value, out);
    return out;
}

std::string match_expression(std::string_view typed)
{
    std::string out;
    std::set<std::string> known;
    std::size_t left = most_words;
    typed = typed.substr(0, longest_question);
    while (!typed.empty() && left > 0)
    {
        if (is_space(typed.front()))
        {
            typed.remove_prefix(1);
            continue;
        }
        term term = take_term(typed);
        const std::size_t before = left;
        term.text = cut(term.text, left);
        if (left != before && known.insert(lower(term)).second)
            append(term, out);
    }
    return out;
}

} // namespace search_package
