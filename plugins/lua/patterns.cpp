// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "patterns.hpp"

#include <string>

namespace lua
{

namespace
{

using byte_set = std::bitset<256>;

bool between(unsigned char c, char least, char most) noexcept
{
    return c >= static_cast<unsigned char>(least) && c <= static_cast<unsigned char>(most);
}

bool is_letter(unsigned char c) noexcept
{
    return between(c, 'a', 'z') || between(c, 'A', 'Z');
}

// Whether a byte is of the class that a letter in small names.
bool is_of_class(unsigned char c, char name, bool& known) noexcept
{
    const bool is_digit = between(c, '0', '9');
    const bool is_visible = between(c, '!', '~');
    known = true;
    switch (name)
    {
    case 'a': return is_letter(c);
    case 'c': return c < ' ' || c == 127;
    case 'd': return is_digit;
    case 'g': return is_visible;
    case 'l': return between(c, 'a', 'z');
    case 'p': return is_visible && !is_letter(c) && !is_digit;
    case 's': return c == ' ' || between(c, '\t', '\r');
    case 'u': return between(c, 'A', 'Z');
    case 'w': return is_letter(c) || is_digit;
    case 'z': return c == 0;
    case 'x': return is_digit || between(c, 'a', 'f') || between(c, 'A', 'F');
    default: known = false; return false;
    }
}

class pattern_reader
{
public:
    explicit pattern_reader(std::string_view text) : text_(text) {}

    bool is_done() const noexcept { return at_ == text_.size(); }

    bool take(char c) noexcept
    {
        const bool is_next = !is_done() && text_[at_] == c;
        at_ += is_next ? 1 : 0;
        return is_next;
    }

    bool take_last(char c) noexcept { return at_ + 1 == text_.size() && take(c); }

    pattern_item next()
    {
        if (take('('))
        {
            ++open_;
            if (++captures_ > most_captures)
                throw pattern_error("a pattern has more than 32 captures; fewer were expected");
            if (!take(')'))
                return plain(pattern_kind::open);
            --open_;
            return plain(pattern_kind::position);
        }
        if (take(')'))
        {
            if (open_ == 0)
                throw pattern_error("a pattern closes a capture that is not open; ( was expected");
            --open_;
            return plain(pattern_kind::close);
        }
        if (take_last('$'))
            return plain(pattern_kind::end);
        if (text_.substr(at_, 2) == "%b")
            return balance();
        if (text_.substr(at_, 2) == "%f")
            return frontier();
        if (at_ + 1 < text_.size() && text_[at_] == '%' &&
            between(static_cast<unsigned char>(text_[at_ + 1]), '0', '9'))
            return back();
        pattern_item item = plain(pattern_kind::one);
        item.set = single();
        item.repeat = take('?')   ? pattern_repeat::maybe
                      : take('*') ? pattern_repeat::any
                      : take('+') ? pattern_repeat::some
                      : take('-') ? pattern_repeat::fewest
                                  : pattern_repeat::once;
        return item;
    }

    void finish() const
    {
        if (open_ != 0)
            throw pattern_error("a pattern leaves a capture open; ) was expected");
    }

private:
    static pattern_item plain(pattern_kind kind) { return {kind, pattern_repeat::once, 0, 0, {}}; }

    unsigned char take_byte(const char* missing)
    {
        if (is_done())
            throw pattern_error(std::string("a pattern ends too early; ") + missing +
                                " was expected");
        return static_cast<unsigned char>(text_[at_++]);
    }

    pattern_item balance()
    {
        at_ += 2;
        pattern_item item = plain(pattern_kind::balance);
        item.first = take_byte("a character behind %b");
        item.second = take_byte("another character behind %b");
        return item;
    }

    pattern_item frontier()
    {
        at_ += 2;
        if (is_done() || text_[at_] != '[')
            throw pattern_error("a pattern has %f without a set; [ was expected");
        pattern_item item = plain(pattern_kind::frontier);
        item.set = single();
        return item;
    }

    pattern_item back()
    {
        pattern_item item = plain(pattern_kind::back);
        item.first = static_cast<unsigned char>(text_[at_ + 1] - '1');
        if (item.first >= captures_)
            throw pattern_error("a pattern refers to a capture that is not there; %1 to %" +
                                std::to_string(captures_) + " was expected");
        at_ += 2;
        return item;
    }

    // What stands for one byte: itself, an escape, a class, any, or a set.
    byte_set single()
    {
        const unsigned char c = take_byte("a character");
        byte_set set;
        if (c == '.')
            return set.set();
        if (c == '%')
            return escaped(take_byte("a character behind %"));
        if (c == '[')
            return bracketed();
        set.set(c);
        return set;
    }

    static byte_set escaped(unsigned char name)
    {
        byte_set set;
        const bool is_capital = between(name, 'A', 'Z');
        const char small = static_cast<char>(is_capital ? name - 'A' + 'a' : name);
        bool known = false;
        for (unsigned c = 0; c < set.size(); ++c)
            set[c] = is_of_class(static_cast<unsigned char>(c), small, known);
        if (!known)
            set.set(name);
        else if (is_capital)
            set.flip();
        return set;
    }

    // A ] that comes first is one of the set.
    byte_set bracketed()
    {
        byte_set set;
        const bool is_complement = take('^');
        do
        {
            const unsigned char c = take_byte("]");
            if (c == '%')
                set |= escaped(take_byte("a character behind %"));
            else if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']')
            {
                const auto last = static_cast<unsigned char>(text_[at_ + 1]);
                at_ += 2;
                for (unsigned each = c; each <= last; ++each)
                    set.set(each);
            }
            else
                set.set(c);
        } while (!take(']'));
        return is_complement ? set.flip() : set;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t captures_ = 0;
    std::size_t open_ = 0;
};

} // namespace

pattern read_pattern(std::string_view text, pattern_item* items)
{
    pattern made{items, 0, false};
    pattern_reader reader(text);
    made.anchored = reader.take('^');
    while (!reader.is_done())
        items[made.size++] = reader.next();
    reader.finish();
    return made;
}

} // namespace lua
