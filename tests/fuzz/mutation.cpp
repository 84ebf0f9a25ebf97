// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mutation.hpp"

#include <algorithm>
#include <array>

namespace penstock::fuzz
{

namespace
{

// Where one byte is worth more than another: what begins, ends, escapes and counts.
constexpr std::string_view telling{"\0\xff\x7f\x80\r\n\"\\/%{}[],:;=-+.0129eE \t", 29};

constexpr std::size_t longest = 65536;

} // namespace

std::string mutation::next()
{
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t left = 1 + below(8); left > 0; --left)
        change(text);
    text.resize(std::min(text.size(), longest));
    return text;
}

void mutation::change(std::string& text)
{
    const std::size_t at = below(text.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(text.size() - at, 32));
    switch (below(8))
    {
    case 0: // a bit
        if (!text.empty())
            text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        return;
    case 1: // a byte
        if (!text.empty())
            text[at] = static_cast<char>(below(256));
        return;
    case 2:
        if (!text.empty())
            text[at] = telling[below(telling.size())];
        return;
    case 3: text.insert(at, 1, telling[below(telling.size())]); return;
    case 4: text.erase(at, length); return;
    case 5: text.resize(at); return;
    case 6: // some of it again, perhaps often
        text.insert(below(text.size()), text.substr(at, length));
        return;
    default: // the end of another
    {
        const std::string& other = seeds_[below(seeds_.size())];
        text.replace(at, text.npos, other, below(other.size()));
    }
    }
}

} // namespace penstock::fuzz
