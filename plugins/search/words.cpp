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

constexpr std::size_t longest_label = 256; // bytes
constexpr std::size_t most_labels = 256;   // of a field

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

struct part
{
    std::string_view text;
    bool is_prefix;
};

// Takes the next part off the front; `typed` does not start with a space.
part take_part(std::string_view& typed)
{
    if (typed.front() == '"')
    {
        const std::size_t end = std::min(typed.find('"', 1), typed.size());
        const part quoted{typed.substr(1, end - 1), false};
        typed.remove_prefix(std::min(end + 1, typed.size()));
        return quoted;
    }
    const auto end =
        std::find_if(typed.begin(), typed.end(), [](char c) { return is_space(c) || c == '"'; });
    part word{typed.substr(0, static_cast<std::size_t>(end - typed.begin())), false};
    typed.remove_prefix(word.text.size());
    while (word.text.ends_with('*'))
    {
        word.is_prefix = true;
        word.text.remove_suffix(1);
    }
    return word;
}

// What tells a part from others, as far as ASCII goes. One that is there twice finds nothing else,
// and costs FTS5 each of its places twice.
std::string lower(const part& of)
{
    std::string key(of.is_prefix ? "*" : " ");
    for (const char c : of.text)
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
}

std::string with_spaces(std::string_view text)
{
    std::string out(text);
    std::ranges::replace_if(out, is_space, ' ');
    return out;
}

void add_labels(const json::value& value, std::int64_t facet, std::vector<label>& out)
{
    std::size_t left = most_labels;
    const auto add = [&](const json::value& each)
    {
        std::string text = label_text(each);
        if (!text.empty() && left > 0)
        {
            --left;
            out.push_back({facet, std::move(text)});
        }
    };
    if (!value.is_array())
        return add(value);
    for (const json::value& each : value.get_array())
        add(each);
}

} // namespace

std::vector<std::string> columns_of(const json::object& fields, const std::vector<std::string>& own)
{
    std::vector<std::string> columns(own.size() + 1);
    for (const auto& [name, value] : fields)
    {
        const auto at = std::ranges::find(own, std::string_view(name));
        append(value, columns[static_cast<std::size_t>(at - own.begin())]);
    }
    return columns;
}

std::vector<label> labels_of(const json::object& fields, const std::vector<std::string>& facets)
{
    std::vector<label> labels;
    for (std::size_t i = 0; i < facets.size(); ++i)
        if (const json::value* value = fields.if_contains(facets[i]))
            add_labels(*value, static_cast<std::int64_t>(i), labels);
    return labels;
}

std::string label_text(const json::value& value)
{
    std::string text;
    switch (value.kind())
    {
    case json::kind::string: text = value.get_string(); break;
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
    case json::kind::bool_: penstock::write_json(value, text); break;
    default: break;
    }
    if (text.size() > longest_label)
        text.clear();
    return text;
}

std::vector<term> terms_of(std::string_view typed)
{
    std::vector<term> terms;
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
        part part = take_part(typed);
        const std::size_t before = left;
        part.text = cut(part.text, left);
        if (left != before && known.insert(lower(part)).second)
            terms.push_back({with_spaces(part.text), part.is_prefix});
    }
    return terms;
}

std::string match_expression(const std::vector<term>& terms)
{
    std::string out;
    for (const term& each : terms)
    {
        out += out.empty() ? "\"" : " \"";
        out += each.text;
        out += each.is_prefix ? "\"*" : "\"";
    }
    return out;
}

} // namespace search_package
