// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "names.hpp"

#include <algorithm>

namespace lua
{

namespace
{

constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

// Walks over the text without reading more of it than where names, texts and comments are.
class name_scanner
{
public:
    explicit name_scanner(std::string_view text) : text_(text) {}

    std::set<std::string> run()
    {
        while (at_ < text_.size())
        {
            const char c = text_[at_];
            if (c == '"' || c == '\'')
                skip_text(c);
            else if (text_.substr(at_, 2) == "--")
                skip_comment();
            else if (c == '[' && long_bracket(at_) != none)
                skip_long(long_bracket(at_));
            else if (letters.find(c) != none)
                take_name();
            else
            {
                is_member_ = c == '.' || c == ':' || (is_member_ && is_space(c));
                if (text_.substr(at_, 2) == "..") // joins texts
                {
                    is_member_ = false;
                    ++at_;
                }
                ++at_;
            }
        }
        return std::move(found_);
    }

private:
    static constexpr std::size_t none = std::string_view::npos;

    static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

    std::size_t behind_space(std::size_t at) const
    {
        while (at < text_.size() && is_space(text_[at]))
            ++at;
        return at;
    }

    std::size_t behind_name(std::size_t at) const
    {
        return std::min(text_.find_first_not_of(letters, at), text_.size());
    }

    bool calls_at(std::size_t at) const
    {
        return at < text_.size() && (std::string_view("(\"'{").find(text_[at]) != none ||
                                     (text_[at] == '[' && long_bracket(at) != none));
    }

    // How many = a long bracket has that begins there; none if it is no such.
    std::size_t long_bracket(std::size_t at) const
    {
        const std::size_t end = std::min(text_.find_first_not_of('=', at + 1), text_.size());
        return end < text_.size() && text_[end] == '[' ? end - at - 1 : none;
    }

    void skip_long(std::size_t level)
    {
        const std::size_t end = text_.find(']' + std::string(level, '=') + ']', at_);
        at_ = end == none ? text_.size() : end + level + 2;
        is_member_ = false;
    }

    void skip_text(char quote)
    {
        for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_)
            at_ += text_[at_] == '\\' ? 1 : 0;
        ++at_;
        is_member_ = false;
    }

    void skip_comment()
    {
        at_ += 2;
        if (at_ < text_.size() && text_[at_] == '[' && long_bracket(at_) != none)
            return skip_long(long_bracket(at_));
        at_ = std::min(text_.find('\n', at_), text_.size());
    }

    void take_name()
    {
        const std::size_t end = behind_name(at_);
        const std::string_view name = text_.substr(at_, end - at_);
        std::size_t next = behind_space(end);
        if (next < text_.size() && text_[next] == '.' && text_.substr(next, 2) != "..")
            next = behind_space(behind_name(behind_space(next + 1)));
        const bool is_number = name.front() >= '0' && name.front() <= '9';
        if (!is_member_ && !is_number && calls_at(next))
            found_.emplace(name);
        is_member_ = false;
        at_ = end;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool is_member_ = false; // of what stands before
    std::set<std::string> found_;
};

} // namespace

std::set<std::string> called_names(std::string_view text)
{
    return name_scanner(text).run();
}

} // namespace lua
