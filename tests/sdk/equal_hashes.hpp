// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::tests
{

/// Makes an object with so many members whose keys are in one bucket of Boost.JSON's table, which
/// has as many buckets as members; a power of two up to 65,536. The table is expected on a page of
/// its own.
inline std::string object_of_equal_hashes(std::size_t members)
{
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    constexpr unsigned on_a_page = 0x10; // the address of a block that is mapped, in its page
    constexpr unsigned basis = 0x2325;   // of the hash, FNV-1a; its lower 16 bits
    constexpr unsigned prime = 0x1b3;
    // What is not known of the address are four of the bits that matter: all of its values are
    // followed.
    using states = std::array<std::uint16_t, 16>;
    states now{};
    for (unsigned i = 0; i < now.size(); ++i)
        now[i] = static_cast<std::uint16_t>(basis + (on_a_page | i << 12U));
    std::vector<std::string> keys{""};
    while (keys.size() < members)
    {
        std::map<states, std::vector<std::string>> ends;
        const std::vector<std::string>* most = nullptr;
        states end{};
        for (const char a : letters)
            for (const char b : letters)
                for (const char c : letters)
                {
                    states each = now;
                    for (std::uint16_t& state : each)
                        for (const char letter : {a, b, c})
                            state = static_cast<std::uint16_t>(
                                (state ^ static_cast<unsigned char>(letter)) * prime);
                    std::vector<std::string>& same = ends[each];
                    same.push_back({a, b, c});
                    if (most == nullptr || same.size() > most->size())
                    {
                        most = &same;
                        end = each;
                    }
                }
        std::vector<std::string> longer;
        for (const std::string& key : keys)
            for (const std::string& more : *most)
                if (longer.size() < members)
                    longer.push_back(key + more);
        keys = std::move(longer);
        now = end;
    }
    std::string text;
    for (const std::string& key : keys)
        text.append(text.empty() ? "{\"" : ",\"").append(key).append("\":1");
    return text + '}';
}

} // namespace penstock::tests
