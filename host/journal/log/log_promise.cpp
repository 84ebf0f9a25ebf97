// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/log_promise.hpp"

#include "host/journal/log/log_check.hpp"
#include "host/journal/sqlite/checksum.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <iterator>

namespace penstock::host
{

namespace
{

// The name of the form, four numbers and their checksum, each of 16 hexadecimal digits.
constexpr std::string_view form = "penstock-promise-1";
constexpr std::size_t digits = 16;
constexpr std::size_t numbers = 5;
constexpr std::size_t line_size = form.size() + numbers * (1 + digits) + 1;

std::uint64_t checksum_of(const log_promise& what)
{
    checksum sum;
    for (const std::uint64_t each : {what.salts, what.frames, what.worked_in, what.number})
        sum.add(static_cast<std::int64_t>(each));
    return sum.value();
}

void add_digits(std::string& line, std::uint64_t number)
{
    std::array<char, digits> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, 16).ptr;
    const auto length = static_cast<std::size_t>(end - text.data());
    line.append(1, ' ').append(digits - length, '0').append(text.data(), length);
}

// The first half of the salts goes up by one each time the log begins anew, which it does when the
// database has all of it; a log that is made where there was none has random ones. A program that
// knows of no promises may have begun it anew some times since.
bool is_later(std::uint64_t salts, std::uint64_t than)
{
    constexpr std::uint32_t most_ahead = 1'000;
    const std::uint32_t ahead =
        static_cast<std::uint32_t>(salts >> 32) - static_cast<std::uint32_t>(than >> 32);
    return ahead != 0 && ahead <= most_ahead;
}

std::string loss_in(const std::filesystem::path& file, const char* what,
                    const log_promise& promised)
{
    return file.string() + ": " + what + "; requests up to number " +
           std::to_string(promised.number) +
           " were acknowledged, and the last of them are not there: put the file back before a "
           "start, or accept the loss with penstock journal accept";
}

} // namespace

std::filesystem::path promise_path(const std::filesystem::path& journal_file)
{
    return journal_file.parent_path() / "journal.promise";
}

std::string write_promise(const log_promise& what)
{
    std::string line(form);
    for (const std::uint64_t each :
         {what.salts, what.frames, what.worked_in, what.number, checksum_of(what)})
        add_digits(line, each);
    return line + '\n';
}

std::optional<log_promise> parse_promise(std::string_view text)
{
    if (text.size() != line_size || !text.starts_with(form))
        return std::nullopt;
    std::array<std::uint64_t, numbers> read{};
    const char* at = text.data() + form.size();
    for (std::uint64_t& each : read)
    {
        const char* const end = at + 1 + digits;
        const auto parsed = std::from_chars(at + 1, end, each, 16);
        if (*at != ' ' || parsed.ec != std::errc{} || parsed.ptr != end)
            return std::nullopt;
        at = end;
    }
    const log_promise promised{read[0], read[1], read[2], read[3]};
    return checksum_of(promised) == read[4] ? std::optional(promised) : std::nullopt;
}

std::optional<log_promise> read_promise(const std::filesystem::path& journal_file)
{
    std::ifstream file(promise_path(journal_file), std::ios::binary);
    return parse_promise(std::string{std::istreambuf_iterator<char>(file), {}});
}

bool is_gone(const std::filesystem::path& journal_file)
{
    std::error_code error;
    return std::filesystem::file_size(journal_file, error) == 0 || error;
}

std::string loss_of_log(const std::filesystem::path& journal_file)
{
    const std::optional<log_promise> promised = read_promise(journal_file);
    if (!promised || promised->number == 0)
        return {};
    if (is_gone(journal_file))
        return loss_in(journal_file, "is missing or empty", *promised);
    if (promised->frames <= promised->worked_in)
        return {};
    const auto found = extent_of_log(journal_file);
    const bool is_kept =
        found && (found->salts == promised->salts ? found->frames >= promised->frames
                                                  : is_later(found->salts, promised->salts));
    // A host that is at work may have begun the log anew meanwhile, which it says first.
    if (is_kept || read_promise(journal_file) != promised)
        return {};
    return loss_in(journal_file.string() + "-wal",
                   found ? "ends too early" : "is missing or damaged", *promised);
}

bool is_log_stale(const std::filesystem::path& journal_file)
{
    const std::optional<log_promise> promised = read_promise(journal_file);
    if (!promised || promised->worked_in == 0)
        return false;
    const auto found = extent_of_log(journal_file);
    return found && found->salts == promised->salts && found->frames < promised->worked_in;
}

bool forget_promise(const std::filesystem::path& journal_file)
{
    return std::filesystem::remove(promise_path(journal_file));
}

} // namespace penstock::host
