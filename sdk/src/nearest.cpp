// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/nearest.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace penstock
{

namespace
{

// Counts the letters to insert, delete, replace or swap with their neighbour.
std::size_t edits(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i)
    {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

constexpr std::size_t longest_compared = 256; // the cost grows with the square

} // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& known)
{
    if (name.size() > longest_compared)
        return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
    for (const std::string& candidate : known)
    {
        if (candidate.size() > longest_compared)
            continue;
        const std::size_t distance = edits(name, candidate);
        if (distance < least && distance < candidate.size())
        {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::string expected_name(std::string_view name, const std::vector<std::string>& known)
{
    if (known.empty())
        return "none was expected";
    if (const std::string meant = nearest(name, known); !meant.empty())
        return "did you mean \"" + meant + "\"?";
    return quoted(known) + " was expected";
}

std::string quoted(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        if (i > 0)
            text += i + 1 == names.size() ? " or " : ", ";
        text += '"' + names[i] + '"';
    }
    return text;
}

} // namespace penstock
