// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/log_check.hpp"

#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

// The format is described on sqlite.org/walformat.html: a header of 32 bytes, then frames, each a
// header of 24 bytes and a page. All numbers are big-endian but those that are summed up, whose
// order the lowest bit of the first number tells.
constexpr std::size_t header_size = 32;
constexpr std::size_t frame_header_size = 24;
constexpr std::uint32_t magic = 0x377f0682;

std::uint32_t number_at(std::string_view text, std::size_t at, bool big_endian = true)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
    {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        number |= std::uint32_t{byte} << (8 * (big_endian ? 3 - i : i));
    }
    return number;
}

using log_checksum = std::pair<std::uint32_t, std::uint32_t>;

log_checksum add(log_checksum sum, std::string_view text, bool big_endian)
{
    for (std::size_t at = 0; at + 8 <= text.size(); at += 8)
    {
        sum.first += number_at(text, at, big_endian) + sum.second;
        sum.second += number_at(text, at + 4, big_endian) + sum.first;
    }
    return sum;
}

log_checksum checksum_at(std::string_view text, std::size_t at)
{
    return {number_at(text, at), number_at(text, at + 4)};
}

/// A frame, as far as it can be told without those before it.
struct frame
{
    bool belongs = false; ///< to this log, by its salts
    bool follows = false; ///< the frame before it, as that one says it is
    bool commits = false; ///< is the last of a commit
    log_checksum stored;
};

frame read_frame(std::string_view text, std::string_view salts, const log_checksum& before,
                 bool big_endian)
{
    frame read;
    read.belongs = text.substr(8, 8) == salts;
    read.commits = number_at(text, 4) != 0;
    read.stored = checksum_at(text, 16);
    const log_checksum sum =
        add(add(before, text.substr(0, 8), big_endian), text.substr(frame_header_size), big_endian);
    read.follows = read.belongs && sum == read.stored;
    return read;
}

/// The header of a log.
struct log_header
{
    std::string text;
    std::uint32_t page_size = 0;
    bool big_endian = false;
    bool is_whole = false; ///< by its checksum
    log_checksum sum;      ///< of it, which goes on in the first frame

    [[nodiscard]] std::string_view salts() const { return std::string_view(text).substr(16, 8); }
};

/// Reads the header of a log; nothing if it is none.
std::optional<log_header> read_header(std::ifstream& log)
{
    log_header read;
    read.text.resize(header_size);
    if (!log.read(read.text.data(), header_size))
        return std::nullopt;
    read.page_size = number_at(read.text, 8);
    if ((number_at(read.text, 0) & ~1U) != magic || read.page_size < 512 || read.page_size > 65'536)
        return std::nullopt;
    read.big_endian = (number_at(read.text, 0) & 1U) != 0;
    read.sum = add({0, 0}, std::string_view(read.text).substr(0, 24), read.big_endian);
    read.is_whole = read.sum == checksum_at(read.text, 24);
    return read;
}

std::ifstream open_log(const std::filesystem::path& journal_file)
{
    return std::ifstream(journal_file.string() + "-wal", std::ios::binary);
}

} // namespace

std::optional<log_damage> damage_of_log(const std::filesystem::path& journal_file)
{
    std::ifstream log = open_log(journal_file);
    const auto header = read_header(log);
    if (!header)
        return std::nullopt;
    log_checksum before = header->sum;
    bool is_whole = header->is_whole;
    bool after_commit = false; // the frame before ended one
    log_damage damage;
    std::string text(frame_header_size + header->page_size, '\0');
    std::string salts(is_whole ? header->salts() : std::string_view());
    for (std::uint64_t byte = header_size;
         log.read(text.data(), static_cast<std::streamsize>(text.size())); byte += text.size())
    {
        if (salts.empty())
            salts = text.substr(8, 8);
        const frame read = read_frame(text, salts, before, header->big_endian);
        if (is_whole && !read.follows)
        {
            is_whole = false;
            damage.byte = byte;
        }
        else if (!is_whole && after_commit && read.follows)
            ++damage.commits;
        after_commit = !is_whole && read.belongs && read.commits;
        before = read.stored;
    }
    if (damage.commits == 0)
        return std::nullopt;
    // A host that is at work may have begun its log anew meanwhile.
    std::string now(header_size, '\0');
    log.clear();
    log.seekg(0);
    return log.read(now.data(), header_size) && now == header->text ? std::optional(damage)
                                                                    : std::nullopt;
}

std::optional<log_extent> extent_of_log(const std::filesystem::path& journal_file)
{
    std::ifstream log = open_log(journal_file);
    const auto header = read_header(log);
    if (!header || !header->is_whole)
        return std::nullopt;
    log_extent extent;
    extent.salts = std::uint64_t{number_at(header->text, 16)} << 32 | number_at(header->text, 20);
    log_checksum before = header->sum;
    std::string text(frame_header_size + header->page_size, '\0');
    for (std::uint64_t frames = 1; log.read(text.data(), static_cast<std::streamsize>(text.size()));
         ++frames)
    {
        const frame read = read_frame(text, header->salts(), before, header->big_endian);
        if (!read.follows)
            break;
        if (read.commits)
            extent.frames = frames;
        before = read.stored;
    }
    return extent;
}

} // namespace penstock::host
