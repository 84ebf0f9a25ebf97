// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/bundle.hpp"

#include "host/journal/bundles/binary.hpp"
#include "host/journal/numbering.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

// Whoever reads one entry reads all of its bundle. 128 requests of a kilobyte have room in one.
constexpr std::size_t most_bytes = std::size_t{128} << 10;

// What of heads is in a directory at most: that of a request of one packet.
constexpr std::size_t most_head_begin = 1'024;

// Five lengths of texts, and the fingerprint.
constexpr std::size_t bytes_beside_texts = 64;

std::uint32_t sum_of(entry_number number, std::string_view record) noexcept
{
    checksum sum;
    sum.add(static_cast<std::int64_t>(number));
    sum.add(record);
    return sum.value();
}

std::size_t size_in_content(const journal_entry& what) noexcept // at most
{
    return bytes_beside_texts + what.key.size() + what.idempotency_key.size() + what.head.size() +
           what.body.size();
}

void write(std::string& to, const journal_entry& what, std::optional<std::size_t> begin)
{
    to.reserve(to.size() + size_in_content(what));
    binary_writer writer(to);
    const auto fingerprint = what.fingerprint ? view_of(*what.fingerprint) : std::string_view();
    writer.add(what.key).add(what.idempotency_key).add(fingerprint);
    if (begin)
        writer.add(std::uint64_t{*begin});
    writer.add(what.head.view().substr(begin.value_or(0)));
    to += what.body.view();
}

// A large entry has a row for itself, and is not copied for its body.
bytes body_of(const std::shared_ptr<std::string>& content, std::string_view body)
{
    return body.size() > content->size() / 2 ? bytes(content, body) : bytes(std::string(body));
}

// What the directory has stands there alone. Leaves the body out.
bool read(journal_entry& into, std::string_view record, const std::optional<std::string>& begin,
          std::string_view& body)
{
    binary_reader reader(record);
    into.key = reader.text();
    into.idempotency_key = reader.text();
    into.fingerprint = digest_of(reader.text());
    const std::uint64_t size_of_begin = begin ? reader.number() : 0;
    std::string head = begin ? begin->substr(0, size_of_begin) : std::string();
    head += reader.text();
    into.head = bytes(std::move(head));
    body = reader.rest();
    return reader.is_whole() && (!begin || size_of_begin <= begin->size());
}

// Behind the items stands what the row has that those of version 4 have not: the content is
// compressed; heads share a begin, which follows; and times are differences, for most are near the
// one before: an item has 14 bytes in place of 26.
constexpr std::uint64_t is_zstandard = 1;
constexpr std::uint64_t has_head_begin = 2;
constexpr std::uint64_t has_differences = 4;

std::string directory_of(const bundle& what, bool is_compressed)
{
    std::string directory;
    binary_writer writer(directory);
    std::uint64_t before = 0;
    for (const bundle::item& each : what.items)
    {
        writer.add(each.micros - before)
            .add(micros_in(each.micros) - static_cast<std::uint64_t>(each.accepted))
            .add(each.size)
            .add(each.length)
            .add(std::uint64_t{each.sum});
        before = each.micros;
    }
    writer.add((is_compressed ? is_zstandard : 0) | (what.head_begin ? has_head_begin : 0) |
               has_differences);
    if (what.head_begin)
        writer.add(*what.head_begin);
    return directory;
}

// Makes the items of a row that is whole.
void read_directory(bundle& into, std::string_view directory)
{
    binary_reader reader(directory);
    for (const entry_number each : into.members.numbers())
    {
        bundle::item& made = into.items.emplace_back();
        made.number = each;
        made.micros = reader.number();
        made.accepted = static_cast<std::int64_t>(reader.number());
        made.size = reader.number();
        made.length = reader.number();
        made.sum = static_cast<std::uint32_t>(reader.number());
    }
    const std::uint64_t has = reader.rest().empty() ? 0 : reader.number();
    into.is_compressed = (has & is_zstandard) != 0;
    if ((has & has_head_begin) != 0)
        into.head_begin = reader.text();
    if ((has & has_differences) == 0)
        return;
    std::uint64_t before = 0;
    for (bundle::item& each : into.items)
    {
        before += each.micros;
        each.micros = before;
        each.accepted = static_cast<std::int64_t>(micros_in(before) -
                                                  static_cast<std::uint64_t>(each.accepted));
    }
}

// What the content of a row that is whole should be decompressed.
std::size_t size_of_content(const bundle& of) noexcept
{
    std::uint64_t sum = 0;
    for (const bundle::item& each : of.items)
        sum += each.length;
    return sum;
}

} // namespace

bool bundle::has_room_for(const journal_entry& what) const noexcept
{
    return items.empty() || (what.number - first < number_set::span &&
                             content->size() + size_in_content(what) <= most_bytes);
}

void bundle::add(const journal_entry& what)
{
    if (items.empty())
    {
        first = what.number;
        graph = what.graph;
        members = number_set(first);
        head_begin = what.head.view().substr(0, most_head_begin);
        usual_begin_ = head_begin->size();
    }
    const std::size_t begin = content->size();
    write(*content, what,
          head_begin ? std::optional(size_of_begin(what.head.view())) : std::nullopt);
    const std::string_view record = std::string_view(*content).substr(begin);
    items.push_back({what.number, what.id.high, micros_of(what.accepted), std::uint64_t{what.size},
                     record.size(), sum_of(what.number, record)});
    members.insert(what.number);
    last = what.number;
    size += what.size;
}

// Most begin with as much as those before.
std::size_t bundle::size_of_begin(std::string_view head) noexcept
{
    const std::string_view begin = *head_begin;
    if (head.substr(0, usual_begin_) == begin.substr(0, usual_begin_))
        return usual_begin_;
    const auto found =
        static_cast<std::size_t>(std::ranges::mismatch(head, begin).in1 - head.begin());
    if (2 * found >= usual_begin_) // one that differs much is none to go by
        usual_begin_ = found;
    return found;
}

void bundle::keep_only(const number_set& numbers)
{
    bundle kept;
    std::string_view rest = *content;
    for (const item& each : items)
    {
        if (numbers.contains(each.number))
        {
            if (kept.items.empty())
            {
                kept.first = each.number;
                kept.members = number_set(kept.first);
            }
            kept.items.push_back(each);
            kept.members.insert(each.number);
            kept.last = each.number;
            kept.size += each.size;
            kept.content->append(rest.substr(0, each.length));
        }
        rest.remove_prefix(std::min<std::uint64_t>(each.length, rest.size()));
    }
    kept.graph = std::move(graph);
    kept.head_begin = std::move(head_begin);
    *this = std::move(kept);
}

journal_entry bundle::entry(entry_number number, const numbering& ids) const
{
    std::string_view rest = *content;
    for (const item& each : items)
    {
        if (each.length > rest.size())
            break;
        const std::string_view record = rest.substr(0, each.length);
        rest.remove_prefix(each.length);
        if (each.number != number)
            continue;
        journal_entry made = outline(number, ids);
        std::string_view body;
        if (sum_of(number, record) != each.sum || !read(made, record, head_begin, body))
            break;
        made.body = body_of(content, body);
        return made;
    }
    return outline(number, ids);
}

journal_entry bundle::outline(entry_number number, const numbering& ids) const
{
    const auto found = item_of(number);
    if (found == items.end())
        return damaged_entry(number, graph, size_of(number), ids);
    journal_entry made;
    made.number = number;
    made.id = ids.id(number, found->micros);
    made.graph = graph;
    made.accepted = time_of(found->accepted);
    made.size = found->size;
    return made;
}

bool bundle::has_content() const noexcept
{
    return is_whole && size_of_content(*this) == content->size();
}

std::uint64_t bundle::size_of(entry_number number) const noexcept
{
    if (const auto found = item_of(number); found != items.end())
        return found->size;
    const std::uint64_t count = std::max<std::uint64_t>(members.size(), 1);
    return size / count + (number == first ? size % count : 0);
}

std::vector<bundle::item>::const_iterator bundle::item_of(entry_number number) const noexcept
{
    const auto found = std::ranges::lower_bound(items, number, {}, &item::number);
    return found != items.end() && found->number == number ? found : items.end();
}

void insert_bundle(statement& to, const bundle& what, compressor* with)
{
    std::optional<std::string_view> compressed;
    if (with != nullptr)
        compressed = with->compress(*what.content);
    const std::string directory = directory_of(what, compressed.has_value());
    row_writer row(to);
    row.add(what.first).add(what.last).add(what.graph).add(std::uint64_t{what.items.size()});
    row.add(what.size).add(what.members.bits()).add(directory).finish();
    row.add_unsummed(compressed.value_or(*what.content));
    to.run();
    if (with != nullptr)
        with->tidy();
}

bundle read_bundle_head(const statement& from)
{
    row_reader row(from);
    bundle read;
    read.first = row.natural();
    read.last = row.natural();
    read.graph = row.text();
    row.number(); // how many there are
    read.size = row.natural();
    read.members = number_set(read.first, row.text());
    const std::string_view directory = row.text();
    read.is_whole = row.is_whole();
    if (read.is_whole)
        read_directory(read, directory);
    return read;
}

bundle read_bundle(const statement& from)
{
    constexpr int content = 8; // of bundle_columns, the last
    bundle read = read_bundle_head(from);
    const std::string_view stored = from.text(content);
    if (!read.is_compressed)
        *read.content = stored;
    else if (auto plain = decompress(stored, size_of_content(read)))
        *read.content = *std::move(plain);
    return read;
}

} // namespace penstock::host
