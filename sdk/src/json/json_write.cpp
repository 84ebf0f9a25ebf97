// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "first_marked.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace penstock
{

namespace
{

// What follows the backslash: 'u' for four digits, 0 where none is needed.
constexpr auto escapes = []
{
    std::array<char, 256> table{};
    for (std::size_t control = 0; control < 0x20; ++control)
        table[control] = 'u';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}();

// What stops a scan of ASCII: what must be escaped, and what is none.
constexpr auto stops = []
{
    std::array<bool, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte)
        table[byte] = escapes[byte] != 0 || byte >= 0x80;
    return table;
}();

enum class characters
{
    ascii,
    all
};

// Where the first byte at or after `from` is that must be escaped, or, among ASCII alone, is none;
// the size if there is none.
template <characters Known>
std::size_t clean(std::string_view text, std::size_t from) noexcept
{
    constexpr bool ascii = Known == characters::ascii;
    // By eight, in a word, the texts of a document of 940 bytes took 3,200 instructions; by sixteen
    // they take 1,800.
    using signed_bytes = signed char __attribute__((vector_size(16)));
    constexpr std::size_t at_once = sizeof(detail::sixteen_bytes);
    for (; from + at_once <= text.size(); from += at_once)
    {
        detail::sixteen_bytes bytes;
        std::memcpy(&bytes, text.data() + from, at_once);
        auto special = (bytes == '"') | (bytes == '\\');
        if constexpr (ascii) // as a signed number, what is no ASCII is below too
            special |= reinterpret_cast<signed_bytes>(bytes) < 0x20;
        else
            special |= bytes < 0x20;
        if (const std::size_t first = detail::first_marked(special); first != at_once)
            return from + first;
    }
    while (from < text.size())
    {
        const auto byte = static_cast<unsigned char>(text[from]);
        if (ascii ? stops[byte] : escapes[byte] != 0)
            break;
        ++from;
    }
    return from;
}

class writer
{
public:
    explicit writer(std::string& out) : out_(out) {}

    void write(const json::value& value)
    {
        switch (value.kind())
        {
        case json::kind::null: out_ += "null"; break;
        case json::kind::bool_: out_ += value.get_bool() ? "true" : "false"; break;
        case json::kind::int64: write_integer(value.get_int64()); break;
        case json::kind::uint64: write_integer(value.get_uint64()); break;
        case json::kind::double_: write_double(value.get_double()); break;
        case json::kind::string: write_text(value.get_string()); break;
        case json::kind::array: write_array(value.get_array()); break;
        case json::kind::object: write_object(value.get_object()); break;
        }
    }

    void write_object(const json::object& object)
    {
        char before = '{';
        for (const auto& member : object)
        {
            out_ += before;
            before = ',';
            write_text(member.key());
            out_ += ':';
            write(member.value());
        }
        out_ += object.empty() ? "{}" : "}";
    }

private:
    void write_array(const json::array& array)
    {
        char before = '[';
        for (const auto& value : array)
        {
            out_ += before;
            before = ',';
            write(value);
        }
        out_ += array.empty() ? "[]" : "]";
    }

    void write_integer(auto number)
    {
        char text[24];
        const auto end = std::to_chars(text, text + sizeof text, number).ptr;
        out_.append(text, end);
    }

    void write_double(double number)
    {
        if (!std::isfinite(number))
            throw std::invalid_argument("number: not finite; expected one that JSON can hold");
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, number).ptr;
        const std::string_view written(text, end);
        out_ += written;
        // Read back, a number without a fraction or an exponent would be an integer.
        if (std::none_of(written.begin(), written.end(),
                         [](char c) { return c == '.' || c == 'e'; }))
            out_ += ".0";
    }

    // Bytes that are no UTF-8 become U+FFFD: what is written is JSON whatever a component has set.
    void write_text(std::string_view text)
    {
        out_ += '"';
        const std::string_view rest = write_characters<characters::ascii>(text);
        if (!rest.empty() && detail::is_utf8(rest)) [[likely]]
            write_characters<characters::all>(rest);
        else if (!rest.empty())
            write_characters<characters::all>(detail::repaired_utf8(rest));
        out_ += '"';
    }

    // Returns what is left, from the first character on that is not of those known.
    template <characters Known>
    std::string_view write_characters(std::string_view text)
    {
        std::size_t done = 0;
        std::size_t i = clean<Known>(text, 0);
        for (; i < text.size() && escapes[static_cast<unsigned char>(text[i])] != 0;
             i = clean<Known>(text, done))
        {
            out_.append(text, done, i - done);
            done = i + 1;
            escape(static_cast<unsigned char>(text[i]));
        }
        out_.append(text, done, i - done);
        return text.substr(i);
    }

    void escape(unsigned char c)
    {
        out_ += '\\';
        out_ += escapes[c];
        if (escapes[c] == 'u')
        {
            constexpr std::string_view digits = "0123456789abcdef";
            out_ += "00";
            out_ += digits[c >> 4];
            out_ += digits[c & 15];
        }
    }

    std::string& out_;
};

// Leaves `out` as it was if the value cannot be written.
void append(std::string& out, auto&& write)
{
    const auto before = out.size();
    try
    {
        writer to(out);
        write(to);
    }
    catch (...)
    {
        out.resize(before);
        throw;
    }
}

} // namespace

std::string write_json(const json::value& value)
{
    std::string out;
    writer(out).write(value);
    return out;
}

void write_json(const json::value& value, std::string& out)
{
    append(out, [&](writer& to) { to.write(value); });
}

void write_json(const json::object& object, std::string& out)
{
    append(out, [&](writer& to) { to.write_object(object); });
}

} // namespace penstock
