// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>
#include <fcntl.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <unistd.h>

namespace penstock::bench
{
namespace
{

constexpr std::size_t count = 20'000;

std::size_t lines_in(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

std::size_t lines_of_data(testing::result& of)
{
    std::size_t lines = 0;
    for (const packet& each : of.out())
        lines += lines_in(each.data().view());
    return lines;
}

comparison json_read()
{
    std::string text;
    for (std::size_t n = 0; n < count; ++n)
        text += write_json(record(n)) + "\n";
    const auto bare = [](const std::vector<packet>& given)
    {
        const bytes body = given.front().data();
        const std::string_view lines = body.view();
        std::vector<json::value> values;
        std::array<unsigned char, 16384> room;
        boost::json::parser parser({}, {}, room.data(), room.size());
        for (std::size_t at = 0; at < lines.size();)
        {
            const std::size_t end = lines.find('\n', at);
            parser.reset();
            parser.write(lines.data() + at, end - at);
            values.push_back(parser.release());
            at = end + 1;
        }
        return values.size();
    };
    return {.name = "json/read",
            .packets = [text] { return bodies({text}, "application/x-ndjson"); },
            .bare = bare};
}

comparison json_write()
{
    const auto bare = [](const std::vector<packet>& documents)
    {
        std::string written;
        boost::json::serializer serializer;
        std::array<char, 4096> part;
        for (const packet& each : documents)
        {
            serializer.reset(&each.fields());
            while (!serializer.done())
                written += serializer.read(part.data(), part.size());
            written += '\n';
        }
        return lines_in(written);
    };
    return {.name = "json/write",
            .packets = [] { return records(count); },
            .made = lines_of_data,
            .bare = bare};
}

void write_field(const json::value& value, std::string& to)
{
    std::string text = value.is_string() ? std::string(value.get_string()) : write_json(value);
    if (text.find_first_of(",\"\r\n") == std::string::npos)
    {
        to += text;
        return;
    }
    to += '"';
    for (const char each : text)
        to.append(each == '"' ? 2 : 1, each);
    to += '"';
}

// csv/write stands on no library: a loop that quotes what must be.
comparison csv_write()
{
    const auto bare = [](const std::vector<packet>& documents)
    {
        std::string written = "id,name,description,price,in_stock\r\n";
        for (const packet& each : documents)
        {
            bool is_first = true;
            for (const auto& [name, value] : each.fields())
            {
                written += std::exchange(is_first, false) ? "" : ",";
                write_field(value, written);
            }
            written += "\r\n";
        }
        return lines_in(written);
    };
    return {.name = "csv/write",
            .packets = [] { return records(count); },
            .made = lines_of_data,
            .bare = bare};
}

comparison files_write()
{
    const auto bare = [](const std::vector<packet>& documents)
    {
        constexpr std::size_t of_a_batch = 1024; // as the component's
        const int file = ::open("bare.ndjson", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        std::string lines;
        std::size_t written = 0;
        for (const packet& each : documents)
        {
            write_json(each.fields(), lines);
            lines += '\n';
            if (++written % of_a_batch != 0 && written != documents.size())
                continue;
            if (::write(file, lines.data(), lines.size()) != static_cast<ssize_t>(lines.size()))
                throw std::runtime_error("bare.ndjson: cannot be written");
            lines.clear();
        }
        ::close(file);
        return written;
    };
    return {.name = "files/write",
            .parameters = {{"path", "own.ndjson"}},
            .packets = [] { return records(count); },
            .made = delivered_packets,
            .bare = bare,
            .reset =
                []
            {
                ::unlink("bare.ndjson");
                ::unlink("own.ndjson");
            }};
}

// The ends that ICU finds in a text.
std::vector<std::size_t> ends_in(std::string_view text, UBreakIteratorType of)
{
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UText, UText* (*)(UText*)> opened(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error),
        utext_close);
    const std::unique_ptr<UBreakIterator, void (*)(UBreakIterator*)> iterator(
        ubrk_open(of, "en", nullptr, 0, &error), ubrk_close);
    ubrk_setUText(iterator.get(), opened.get(), &error);
    if (U_FAILURE(error))
        throw std::runtime_error(u_errorName(error));
    std::vector<std::size_t> ends;
    for (std::int32_t at = ubrk_next(iterator.get()); at != UBRK_DONE;
         at = ubrk_next(iterator.get()))
        if (of != UBRK_WORD || ubrk_getRuleStatus(iterator.get()) >= UBRK_WORD_NONE_LIMIT)
            ends.push_back(static_cast<std::size_t>(at));
    return ends;
}

// Cuts at the last end of a sentence within 200 words, none of which is longer.
comparison text_chunk()
{
    std::string text;
    for (std::size_t n = 0; n < 500; ++n)
        text += words(99, n) + ". ";
    const auto bare = [](const std::vector<packet>& given)
    {
        constexpr std::size_t size = 200;
        const std::string whole = given.front().text("text");
        const std::vector<std::size_t> sentences = ends_in(whole, UBRK_SENTENCE);
        const std::vector<std::size_t> words = ends_in(whole, UBRK_WORD);
        const std::vector<std::size_t> graphemes = ends_in(whole, UBRK_CHARACTER);
        std::vector<std::string> chunks;
        for (std::size_t begin = 0; begin < whole.size() && !graphemes.empty();)
        {
            const auto first = std::ranges::upper_bound(words, begin);
            const std::size_t limit = words.end() - first > static_cast<std::ptrdiff_t>(size)
                                          ? first[size] - 1
                                          : whole.size();
            const std::size_t end = *std::prev(std::ranges::upper_bound(sentences, limit));
            chunks.push_back(whole.substr(begin, end - begin));
            begin = end;
        }
        return chunks.empty() ? 0 : std::size_t{1};
    };
    const auto packets = [text]
    {
        std::vector<packet> one;
        one.push_back(packet({{"text", text}}));
        return one;
    };
    // Which ends are good is told in other ways: that there are chunks must do.
    return {.name = "text/chunk",
            .packets = packets,
            .made = [](testing::result& of) { return of.out().empty() ? 0 : std::size_t{1}; },
            .bare = bare};
}

} // namespace

void add_texts(std::vector<comparison>& to)
{
    add(to, json_read);
    add(to, json_write);
    add(to, csv_write);
    add(to, text_chunk);
    add(to, files_write);
}

} // namespace penstock::bench
