// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "line_file.hpp"

#include "../packets/fnv1a.hpp"

#include <penstock/charset.hpp>
#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <utility>

namespace files_package
{

namespace
{

namespace json = penstock::json;

constexpr std::size_t piece_bytes = std::size_t{64} << 10;
constexpr std::size_t most_at_once = 1000;  // records
constexpr std::uint64_t known_bytes = 1024; // of the begin of a file, and in front of a place
constexpr std::size_t shown_bytes = 1024;   // of a line that is too long

} // namespace

bool continues(open_file& file, const line_progress& progress)
{
    const auto is_same = [&](std::uint64_t offset, std::uint64_t size, std::uint64_t hash)
    { return size == 0 || file.hash(offset, static_cast<std::size_t>(size)) == hash; };
    return file.status().version.size >= progress.offset &&
           is_same(0, progress.head_size, progress.head) &&
           is_same(progress.offset - progress.tail_size, progress.tail_size, progress.tail);
}

line_file::state line_file::read(const read_settings& of, const record_cutter& cutter,
                                 record_cutter::rest behind, findings& into)
{
    const std::string piece = read_piece(of, cutter, behind);
    if (file.error())
        return state::idle;
    // Looked at behind the reading, so what was read is of the file that was known.
    if ((progress.head_size != 0 || progress.offset != 0) && !continues(file, progress))
        return file.error() ? state::idle : state::truncated;
    const file_status status = file.status();
    version_ = status.version;
    const bool has_grown = std::exchange(seen_size, status.version.size) != status.version.size;
    is_quiet = is_quiet && !has_grown;
    const bool is_end = progress.offset + passed_ + piece.size() >= status.version.size;
    using rest = record_cutter::rest;
    const rest known = !is_end                                     ? rest::open
                       : behind == rest::last || status.names == 0 ? rest::last
                       : is_quiet                                  ? rest::quiet
                                                                   : rest::open;
    if (is_passing())
        return pass_line(piece, is_end, known, of, into);
    std::string_view text = piece;
    skip_end_of_line(text);
    bool is_any = false;
    std::optional<std::size_t> size;
    while (into.size() < most_at_once && (size = cutter.first(text, known)))
    {
        add(text.substr(0, *size), of, into);
        text.remove_prefix(*size);
        is_any = true;
    }
    update_head(); // whatever was found: who tells of a line must know its file again
    if (into.size() >= most_at_once)
        return state::more;
    if (!is_any && cutter.has_records() && text.size() > of.line_bytes)
        if (const std::size_t end = text.rfind('\n'); end != std::string_view::npos)
        {
            add(text.substr(0, end + 1), of, into);
            return state::more;
        }
    if (text.size() > of.line_bytes + 1 && text.find('\n') == std::string_view::npos)
        return pass_line(text, is_end, known, of, into);
    if (!is_end)
        return state::more;
    if (known == rest::last)
        return state::over;
    return cutter.has_records() && text.find('\n') != std::string_view::npos ? state::unfinished
                                                                             : state::idle;
}

// A short piece first: most files have news of a few lines. A longer one only if no record is
// whole in it.
std::string line_file::read_piece(const read_settings& of, const record_cutter& cutter,
                                  record_cutter::rest behind)
{
    std::string piece = file.read(progress.offset + passed_, piece_bytes);
    const std::size_t most = of.line_bytes + 2; // with its end
    if (!is_passing() && piece.size() == piece_bytes && most > piece_bytes &&
        !cutter.first(piece,
                      behind == record_cutter::rest::last ? record_cutter::rest::open : behind))
        piece += file.read(progress.offset + piece.size(), most - piece.size());
    return piece;
}

// A last line without its end was read before it had one.
void line_file::skip_end_of_line(std::string_view& text)
{
    const std::size_t size = text.starts_with("\r\n") ? 2 : text.starts_with('\n') ? 1 : 0;
    if (size == 0 || progress.offset == 0 || file.read(progress.offset - 1, 1) == "\n")
        return;
    advance(size, 0, text.substr(0, size));
    text.remove_prefix(size);
}

line_file::state line_file::pass_line(std::string_view piece, bool is_end,
                                      record_cutter::rest behind, const read_settings& of,
                                      findings& into)
{
    const std::size_t newline = piece.find('\n');
    const bool has_end = newline != std::string_view::npos;
    passed_ += has_end ? newline + 1 : piece.size();
    if (!has_end && (!is_end || behind != record_cutter::rest::last))
        return is_end ? state::idle : state::more;
    const std::uint64_t bytes = std::exchange(passed_, 0);
    const std::uint64_t tail = std::min(bytes, known_bytes);
    std::string shown = file.read(progress.offset, shown_bytes);
    finding made =
        found(bytes, 1, file.read(progress.offset + bytes - tail, static_cast<std::size_t>(tail)));
    made.wrong = made.path + ":" + std::to_string(made.line) + ": is " +
                 std::to_string(bytes - (has_end ? 1 : 0)) + " bytes long; at most " +
                 std::to_string(of.line_bytes) + " were expected";
    made.data = std::move(shown);
    into.push_back(std::move(made));
    update_head();
    return is_end && !has_end ? state::over : state::more;
}

void line_file::add(std::string_view record, const read_settings& of, findings& into)
{
    const bool is_begin = progress.offset == 0;
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(record, '\n')) +
                       (record.ends_with('\n') ? 0 : 1);
    finding made =
        found(record.size(), lines,
              record.substr(record.size() - std::min<std::size_t>(record.size(), known_bytes)));
    std::string_view text = without_end(record);
    if (is_begin)
        text = penstock::detail::without_mark(text);
    if (text.size() > of.line_bytes)
        made.wrong = "is " + std::to_string(text.size()) + " bytes long; at most " +
                     std::to_string(of.line_bytes) + " were expected";
    else if (of.charset != "utf-8")
        try
        {
            made.data = penstock::to_utf8(text, of.charset);
        }
        catch (const penstock::charset_error& error)
        {
            made.wrong = error.what();
        }
    else if (!penstock::detail::is_utf8(text))
        made.wrong = "is no UTF-8; a text in the charset " + of.charset + " was expected";
    else
        made.data = text;
    if (!made.wrong.empty())
    {
        made.wrong.insert(0, made.path + ":" + std::to_string(made.line) + ": ");
        made.data = record.substr(0, std::min(record.size(), of.line_bytes));
    }
    into.push_back(std::move(made));
}

// The position tells all that the checkpoint needs, and nothing that depends on when it was read.
finding line_file::found(std::uint64_t bytes, std::uint64_t lines, std::string_view tail)
{
    finding made{.what = finding::kind::lines, .path = progress.path, .line = progress.line};
    advance(bytes, lines, tail);
    made.position = json::array{progress.number, progress.offset, progress.line, progress.tail_size,
                                progress.tail};
    made.version = version_;
    ++open_ends;
    return made;
}

void line_file::advance(std::uint64_t bytes, std::uint64_t lines, std::string_view tail)
{
    progress.offset += bytes;
    progress.line += lines;
    progress.tail_size = tail.size();
    progress.tail = packets::fnv1a(tail);
}

void line_file::update_head()
{
    const std::uint64_t size = std::min(known_bytes, progress.offset);
    if (size <= progress.head_size)
        return;
    if (const auto hash = file.hash(0, static_cast<std::size_t>(size)))
    {
        progress.head_size = size;
        progress.head = *hash;
    }
}

} // namespace files_package
