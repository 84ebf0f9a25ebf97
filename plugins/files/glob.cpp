// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "glob.hpp"

#include "path_text.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace files_package
{

namespace
{

std::size_t index_of(char byte)
{
    return static_cast<unsigned char>(byte);
}

bool is_continuation(char byte)
{
    return (index_of(byte) & 0xc0) == 0x80;
}

} // namespace

glob::glob(std::string_view pattern)
{
    while (pattern.starts_with('/'))
        pattern.remove_prefix(1);
    while (pattern.ends_with('/'))
        pattern.remove_suffix(1);
    if (pattern.empty())
        throw std::invalid_argument("is empty; a pattern as *.txt was expected");
    is_of_names_ = pattern.find('/') == std::string_view::npos;
    while (!pattern.empty())
    {
        const char next = pattern.front();
        pattern.remove_prefix(1);
        if (next == '*' && pattern.starts_with("*/"))
        {
            pattern.remove_prefix(2);
            tokens_.push_back({kind::folders});
        }
        else if (next == '*' && pattern.starts_with('*'))
        {
            pattern.remove_prefix(1);
            tokens_.push_back({kind::anything});
        }
        else if (next == '*')
            tokens_.push_back({kind::star});
        else if (next == '?')
            add_any();
        else if (next == '[')
            add_set(pattern);
        else if (next == '\\' && !pattern.empty())
        {
            add_byte(pattern.front());
            pattern.remove_prefix(1);
        }
        else
            add_byte(next);
    }
}

void glob::add_byte(char byte)
{
    tokens_.push_back({kind::set, {}});
    tokens_.back().of.set(index_of(byte));
}

void glob::add_any()
{
    tokens_.push_back({kind::set, {}});
    tokens_.back().of.set();
    tokens_.back().of.reset(index_of('/'));
    tokens_.push_back({kind::continuation});
}

void glob::add_set(std::string_view& rest)
{
    const bool is_negated = rest.starts_with('!') || rest.starts_with('^');
    if (is_negated)
        rest.remove_prefix(1);
    const std::size_t end = rest.find(']', 1); // a first one is a member
    if (end == std::string_view::npos)
        throw std::invalid_argument("has a [ without its ]; a set as [a-z] was expected");
    std::bitset<256> of;
    for (std::size_t i = 0; i < end; ++i)
    {
        const bool is_range = i + 2 < end && rest[i + 1] == '-';
        const std::size_t last = index_of(rest[is_range ? i + 2 : i]);
        for (std::size_t byte = index_of(rest[i]); byte <= last; ++byte)
            of.set(byte);
        i += is_range ? 2 : 0;
    }
    rest.remove_prefix(end + 1);
    tokens_.push_back({kind::set, is_negated ? ~of : of});
    tokens_.back().of.reset(index_of('/'));
    if (is_negated)
        tokens_.push_back({kind::continuation});
}

// All states that the pattern can be in are followed at once: no pattern takes long.
bool glob::matches(std::string_view path) const
{
    if (is_of_names_)
        path = name_of(path);
    std::vector<bool> states(tokens_.size() + 1);
    enter(states, 0);
    for (const char byte : path)
    {
        std::vector<bool> next(states.size());
        for (std::size_t i = 0; i < tokens_.size(); ++i)
        {
            if (!states[i])
                continue;
            switch (tokens_[i].what)
            {
            case kind::set:
                if (tokens_[i].of.test(index_of(byte)))
                    enter(next, i + 1);
                break;
            case kind::continuation:
                if (is_continuation(byte))
                    enter(next, i);
                break;
            case kind::star:
                if (byte != '/')
                    enter(next, i);
                break;
            case kind::anything: enter(next, i); break;
            case kind::folders:
                next[i] = true;
                if (byte == '/')
                    enter(next, i + 1);
                break;
            }
        }
        states.swap(next);
    }
    return states.back();
}

// A token that may stand for nothing is passed by as well. Within the folders of `**/` only a `/`
// leads on, so that state is entered by itself.
void glob::enter(std::vector<bool>& states, std::size_t at) const
{
    for (;; ++at)
    {
        states[at] = true;
        if (at == tokens_.size() || tokens_[at].what == kind::set)
            return;
    }
}

bool glob::is_one(std::string_view text) noexcept
{
    return text.find_first_of("*?[") != std::string_view::npos;
}

bool selection::takes(std::string_view path) const
{
    const auto matches = [path](const glob& each) { return each.matches(path); };
    return (include.empty() || std::ranges::any_of(include, matches)) &&
           std::ranges::none_of(exclude, matches);
}

bool selection::leaves_out(std::string_view folder) const
{
    return std::ranges::any_of(exclude,
                               [folder](const glob& each) { return each.matches(folder); });
}

} // namespace files_package
