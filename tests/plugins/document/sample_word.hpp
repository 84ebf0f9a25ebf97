// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The parts of a .doc as Word 6 wrote it: a compound file ([MS-CFB]) with one stream.
namespace sample_word
{

constexpr std::size_t sector = 512;
constexpr std::uint32_t end_of_chain = 0xfffffffe;
constexpr std::uint32_t no_sector = 0xffffffff;

/// Writes a number of `size` bytes at a place of a text that is long enough.
inline void put(std::string& to, std::size_t place, std::uint64_t number, std::size_t size = 4)
{
    for (std::size_t i = 0; i < size; ++i)
        to[place + i] = static_cast<char>(number >> (8 * i));
}

/// The stream with the text: a head of 1,536 bytes, in which a style sheet without styles is, and
/// the text behind it.
inline std::string stream(std::string_view text)
{
    constexpr std::size_t head = 0x600;
    constexpr std::size_t styles = 0x400;
    std::string made(head, '\0');
    put(made, 0x00, 0xa5dc, 2);
    put(made, 0x02, 0x65, 2); // Word 6
    put(made, 0x18, head);
    put(made, 0x1c, head + text.size());
    put(made, 0x34, text.size());
    put(made, 0x60, styles);
    put(made, 0x64, 24);
    put(made, styles, 22, 2);
    put(made, styles + 4, 8, 2);
    made += text;
    const std::size_t whole =
        std::max<std::size_t>(4096, (made.size() + sector - 1) / sector * sector);
    made.resize(whole);
    return made;
}

inline std::string directory_entry(std::string_view name, int kind, std::uint32_t child,
                                   std::uint32_t begin, std::size_t size)
{
    std::string made(128, '\0');
    for (std::size_t i = 0; i < name.size(); ++i)
        made[2 * i] = name[i];
    put(made, 64, 2 * (name.size() + 1), 2);
    put(made, 66, static_cast<std::uint64_t>(kind), 1);
    put(made, 67, 1, 1);
    put(made, 68, no_sector);
    put(made, 72, no_sector);
    put(made, 76, child);
    put(made, 116, begin);
    put(made, 120, size);
    return made;
}

/// A document of a text in Windows-1252, with a carriage return behind each paragraph. It has less
/// than 60 KiB.
inline std::string doc(std::string_view text)
{
    const std::string content = stream(text);
    std::string head(sector, '\0');
    head.replace(0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    put(head, 24, 0x3e, 2);
    put(head, 26, 3, 2);
    put(head, 28, 0xfffe, 2);
    put(head, 30, 9, 2);
    put(head, 32, 6, 2);
    put(head, 44, 1);    // sectors of the table of chains
    put(head, 48, 1);    // the directory
    put(head, 56, 4096); // shorter streams would be elsewhere
    put(head, 60, end_of_chain);
    put(head, 68, end_of_chain);
    for (std::size_t i = 0; i < 109; ++i)
        put(head, 76 + 4 * i, i == 0 ? 0 : no_sector);
    std::string chains(sector, '\xff');
    put(chains, 0, 0xfffffffd);
    put(chains, 4, end_of_chain);
    const std::size_t sectors = content.size() / sector;
    for (std::size_t i = 0; i < sectors; ++i)
        put(chains, 8 + 4 * i, i + 1 == sectors ? end_of_chain : i + 3);
    std::string directory = directory_entry("Root Entry", 5, 1, end_of_chain, 0) +
                            directory_entry("WordDocument", 2, no_sector, 2, content.size());
    directory.resize(sector);
    return head + chains + directory + content;
}

} // namespace sample_word
