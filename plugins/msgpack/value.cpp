// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "value.hpp"

#include "time.hpp"
#include "token.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace msgpack_package
{
namespace
{

class value_reader
{
public:
    value_reader(std::string_view bytes, const penstock::json_options& options, binary binaries)
        : bytes_(bytes),
          options_(options),
          binaries_(binaries),
          builder_(options.memory, options.members != penstock::json_options::unbounded)
    {
    }

    penstock::json::value read()
    {
        do
        {
            const token read = read_token(bytes_, offset_);
            if (expects_key())
                add_key(read);
            else
                add_value(read);
            if (!builder_.fits())
                refuse("a value that is too large; expected one that takes less memory");
            offset_ += read.size;
        } while (!open_.empty());
        return builder_.release();
    }

private:
    // A list or map that is being read.
    struct group
    {
        token_kind kind;
        std::size_t count;
        std::size_t left; // of values, keys included
    };

    [[noreturn]] void refuse(const std::string& what) const { throw msgpack_error(what, offset_); }

    [[nodiscard]] bool expects_key() const
    {
        return !open_.empty() && open_.back().kind == token_kind::map && open_.back().left % 2 == 0;
    }

    void add_key(const token& read)
    {
        if (!is_text(read))
            refuse("a key that is " + std::string(name_of(read.kind)) + "; expected a text");
        builder_.key(text_of(read));
        --open_.back().left;
    }

    void add_value(const token& read)
    {
        switch (read.kind)
        {
        case token_kind::list:
        case token_kind::map: return open(read);
        case token_kind::nil: builder_.null(); break;
        case token_kind::boolean: builder_.boolean(read.boolean); break;
        case token_kind::unsigned_integer: add_unsigned(read.unsigned_integer); break;
        case token_kind::signed_integer: builder_.int64(read.signed_integer); break;
        case token_kind::number:
            if (!std::isfinite(read.number))
                refuse("a number that is not finite; expected one that is");
            builder_.number(read.number);
            break;
        case token_kind::extension: builder_.string(time_of(read)); break;
        case token_kind::text:
        case token_kind::binary:
            if (!is_text(read))
                refuse("bytes; expected a text, or the parameter binary to be text");
            builder_.string(text_of(read));
        }
        end_value();
    }

    // As JSON is read: signed where that will do.
    void add_unsigned(std::uint64_t number)
    {
        if (number <= std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            builder_.int64(static_cast<std::int64_t>(number));
        else
            builder_.uint64(number);
    }

    void open(const token& read)
    {
        if (open_.size() == options_.depth)
            refuse("nested too deep; expected at most " + std::to_string(options_.depth) +
                   " levels");
        const bool is_map = read.kind == token_kind::map;
        if (is_map && read.count > options_.members)
            refuse("a map with too many members; expected at most " +
                   std::to_string(options_.members));
        open_.push_back({read.kind, read.count, is_map ? 2 * read.count : read.count});
        end_groups();
    }

    void end_value()
    {
        if (open_.empty())
            return;
        --open_.back().left;
        end_groups();
    }

    // Ends each group of which nothing is left, from the innermost.
    void end_groups()
    {
        while (!open_.empty() && open_.back().left == 0)
        {
            const group ended = open_.back();
            open_.pop_back();
            if (ended.kind == token_kind::list)
                builder_.array(ended.count);
            else if (!builder_.object(ended.count))
                refuse("too many keys with equal hashes; expected such as differ");
            if (!open_.empty())
                --open_.back().left;
        }
    }

    [[nodiscard]] bool is_text(const token& read) const
    {
        return read.kind == token_kind::text ||
               (read.kind == token_kind::binary && binaries_ == binary::as_text);
    }

    std::string_view text_of(const token& read)
    {
        if (penstock::detail::is_utf8(read.text))
            return read.text;
        if (options_.invalid != penstock::invalid_text::replace)
            refuse("bad UTF-8; expected a text");
        repaired_ = penstock::detail::repaired_utf8(read.text);
        return repaired_;
    }

    [[nodiscard]] std::string time_of(const token& read) const
    {
        if (read.type != timestamp_type)
            refuse("an extension of type " + std::to_string(read.type) +
                   "; expected a timestamp, type -1");
        const std::optional<point_in_time> time = timestamp_of(read);
        if (!time)
            refuse("a timestamp of no time; expected one of the years 0 to 9999");
        return rfc3339(*time);
    }

    std::string_view bytes_;
    const penstock::json_options& options_;
    binary binaries_;
    penstock::detail::value_builder builder_;
    std::vector<group> open_;
    std::size_t offset_ = 0;
    std::string repaired_;
};

} // namespace

penstock::json::value read_value(std::string_view bytes, const penstock::json_options& options,
                                 binary binaries)
{
    return value_reader(bytes, options, binaries).read();
}

} // namespace msgpack_package
