// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "snippet.hpp"

#include "../packets/clipped.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>

namespace search_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_field = 64 * 1024;
constexpr std::size_t most_looked_at = 256 * 1024;
constexpr std::size_t bytes_of_word = 40;
constexpr std::size_t most_places = 256; // where a piece may begin
constexpr std::string_view left_out = "\xe2\x80\xa6";

bool is_blank(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

// The texts of a field, one behind the other.
std::string field_text(const json::value& value)
{
    std::string text;
    if (value.is_string())
        text = packets::clipped(value.get_string(), longest_field);
    if (!value.is_array())
        return text;
    for (const json::value& each : value.get_array())
        if (each.is_string() && text.size() < longest_field)
        {
            text += text.empty() ? "" : "\n";
            text += packets::clipped(each.get_string(),
                                     longest_field - std::min(text.size(), longest_field));
        }
    return text;
}

bool is_same(const std::vector<std::string>& forms, const std::string& word, bool is_start)
{
    return std::ranges::any_of(forms, [&](const std::string& form)
                               { return is_start ? form.starts_with(word) : form == word; });
}

void append_escaped(std::string_view text, std::string& out)
{
    for (const char c : text)
        switch (c)
        {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
}

} // namespace

// A part of a text: its words from `first` on, up to `last`, which is behind it.
struct snippets::piece
{
    std::string_view text;
    std::vector<token> words; // one at a place
    std::vector<bool> marked; // each of them
    std::size_t first = 0;
    std::size_t last = 0;
    int found = 0; // of the phrases
    int marks = 0;

    [[nodiscard]] bool is_better_than(const piece& other) const
    {
        return std::pair(found, marks) > std::pair(other.found, other.marks);
    }
};

snippets::snippets(const tokenizer& words, const std::vector<term>& terms,
                   const snippet_style& style)
    : tokenizer_(words), style_(style)
{
    for (const term& each : terms)
    {
        phrase made{{}, each.is_prefix};
        for (token& word : tokenizer_.tokens(each.text, each.is_prefix ? text_kind::start_of_word
                                                                       : text_kind::word))
            made.words.push_back(std::move(word.text));
        if (!made.words.empty())
            phrases_.push_back(std::move(made));
    }
}

std::string snippets::make(const penstock::json::object& fields) const
{
    std::vector<std::string> texts;
    std::size_t size = 0;
    const auto add = [&](const penstock::json::value& value)
    {
        std::string text = field_text(value);
        if (text.empty() || size + text.size() > most_looked_at)
            return;
        size += text.size();
        texts.push_back(std::move(text));
    };
    for (const std::string& name : style_.fields)
        if (const penstock::json::value* value = fields.if_contains(name))
            add(*value);
    if (style_.fields.empty())
        for (const auto& [name, value] : fields)
            add(value);
    std::optional<piece> best;
    for (const std::string& each : texts)
        if (piece found = best_of(each); !best || found.is_better_than(*best))
            best = std::move(found);
    return best ? write(*best) : std::string();
}

// For each word the phrase it is part of, or -1.
std::vector<int> snippets::matches(const std::vector<std::vector<std::string>>& forms) const
{
    std::vector<int> found(forms.size(), -1);
    for (std::size_t number = 0; number < phrases_.size(); ++number)
    {
        const auto& [words, is_prefix] = phrases_[number];
        for (std::size_t at = 0; at + words.size() <= forms.size(); ++at)
        {
            std::size_t same = 0;
            while (same < words.size() &&
                   is_same(forms[at + same], words[same], is_prefix && same + 1 == words.size()))
                ++same;
            if (same == words.size())
                std::fill_n(found.begin() + static_cast<std::ptrdiff_t>(at), same,
                            static_cast<int>(number));
        }
    }
    return found;
}

snippets::piece snippets::best_of(std::string_view text) const
{
    piece best;
    best.text = text;
    std::vector<std::vector<std::string>> forms;
    for (token& each : tokenizer_.tokens(text, text_kind::document))
    {
        if (!each.is_beside)
            forms.emplace_back();
        forms.back().push_back(each.text);
        if (!each.is_beside)
            best.words.push_back(std::move(each));
    }
    const std::vector<int> phrase_at = matches(forms);
    const std::size_t count = phrase_at.size();
    for (const int each : phrase_at)
        best.marked.push_back(each >= 0);
    best.last = std::min(style_.words, count);
    std::size_t places = 0;
    for (std::size_t begin = 0; begin < count && places < most_places; ++begin)
    {
        if (phrase_at[begin] < 0)
            continue;
        ++places;
        std::uint64_t phrases = 0; // a bit for each: there are at most 64
        int marks = 0;
        std::size_t end = begin; // behind the last mark
        for (std::size_t at = begin; at < std::min(begin + style_.words, count); ++at)
            if (phrase_at[at] >= 0)
            {
                phrases |= std::uint64_t{1} << static_cast<unsigned>(phrase_at[at] % 64);
                ++marks;
                end = at + 1;
            }
        const int found = std::popcount(phrases);
        if (std::pair(found, marks) <= std::pair(best.found, best.marks))
            continue;
        best.found = found;
        best.marks = marks;
        const std::size_t free = style_.words - (end - begin);
        best.first = begin - std::min(begin, free / 2);
        best.last = std::min(best.first + style_.words, count);
        best.first = best.last - std::min(best.last, style_.words);
    }
    return best;
}

std::string snippets::write(const piece& chosen) const
{
    const std::size_t count = chosen.words.size();
    const bool is_whole = chosen.first == 0;
    const std::size_t begin = is_whole ? 0 : chosen.words[chosen.first].begin;
    const std::size_t end =
        chosen.last < count ? chosen.words[chosen.last - 1].end : chosen.text.size();
    const std::string_view shown =
        packets::clipped(chosen.text.substr(begin, end - begin), style_.words * bytes_of_word);
    const std::size_t shown_end = begin + shown.size();
    std::string out;
    bool is_spaced = true; // no space at the front
    const auto append = [&](std::size_t from, std::size_t to)
    {
        for (std::size_t at = from; at < std::min(to, shown_end); ++at)
        {
            const bool was_spaced = std::exchange(is_spaced, is_blank(chosen.text[at]));
            if (is_spaced && !was_spaced)
                out += ' ';
            else if (!is_spaced && style_.is_html)
                append_escaped(chosen.text.substr(at, 1), out);
            else if (!is_spaced)
                out += chosen.text[at];
        }
    };
    if (!is_whole)
        out.append(left_out).append(" ");
    std::size_t at = begin;
    for (std::size_t i = chosen.first; i < chosen.last && chosen.words[i].end <= shown_end; ++i)
    {
        if (!chosen.marked[i])
            continue;
        append(at, chosen.words[i].begin);
        out += style_.begin;
        append(chosen.words[i].begin, chosen.words[i].end);
        out += style_.end;
        at = chosen.words[i].end;
    }
    append(at, shown_end);
    if (out.ends_with(' '))
        out.pop_back();
    if (shown_end < chosen.text.size())
        out.append(" ").append(left_out);
    return out;
}

} // namespace search_package
