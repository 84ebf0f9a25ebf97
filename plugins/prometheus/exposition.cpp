// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "exposition.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <map>
#include <stdexcept>
#include <system_error>

namespace prometheus_package
{
namespace
{

constexpr bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool equal_but_for_case(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other,
                              [](char a, char b)
                              { return (is_letter(a) ? static_cast<char>(a | 0x20) : a) == b; });
}

// Which of both ends of what a double can hold a number is beyond.
bool is_small(std::string_view digits)
{
    return digits.find_first_of("eE") == std::string_view::npos
               ? digits.find_first_of("123456789") > digits.find('.')
               : digits.find('-') != std::string_view::npos;
}

// As the format has it: what Go reads as a number, without hexadecimal ones.
std::optional<double> number_in(std::string_view text)
{
    const bool is_negative = text.starts_with('-');
    std::string_view digits = text;
    if (is_negative || text.starts_with('+'))
        digits.remove_prefix(1);
    double value = 0;
    if (equal_but_for_case(digits, "inf") || equal_but_for_case(digits, "infinity"))
        value = std::numeric_limits<double>::infinity();
    else if (equal_but_for_case(text, "nan"))
        return std::numeric_limits<double>::quiet_NaN();
    else
    {
        if (digits.empty() || (!is_digit(digits.front()) && digits.front() != '.'))
            return std::nullopt;
        const char* const end = digits.data() + digits.size();
        const auto [behind, error] = std::from_chars(digits.data(), end, value);
        if (behind != end || (error != std::errc() && error != std::errc::result_out_of_range))
            return std::nullopt;
        if (error == std::errc::result_out_of_range)
            value = is_small(digits) ? 0 : std::numeric_limits<double>::infinity();
    }
    return is_negative ? -value : value;
}

// One line, of which more and more has been read.
class line_reader
{
public:
    line_reader(std::string_view line, std::size_t number) : rest_(line), number_(number) {}

    [[noreturn]] void refuse(const std::string& what) const
    {
        throw std::runtime_error("line " + std::to_string(number_) + ": " + what);
    }

    void skip_blanks()
    {
        while (rest_.starts_with(' ') || rest_.starts_with('\t'))
            rest_.remove_prefix(1);
    }

    [[nodiscard]] bool take(char c)
    {
        if (!rest_.starts_with(c))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    // Metrics may have colons in their names, labels not.
    std::string_view take_name(bool may_have_colons)
    {
        const auto fits = [&](char c)
        { return is_letter(c) || is_digit(c) || (may_have_colons && c == ':'); };
        const auto end = std::ranges::find_if_not(rest_, fits);
        const auto length = static_cast<std::size_t>(end - rest_.begin());
        if (length == 0 || is_digit(rest_.front()))
            refuse(may_have_colons ? "has no name of a metric; one was expected"
                                   : "has no name of a label; one was expected");
        return take_first(length);
    }

    std::string_view take_word()
    {
        return take_first(std::min(rest_.find_first_of(" \t"), rest_.size()));
    }

    std::string take_value_of_label()
    {
        if (!take('"'))
            refuse("has a label without a value in quotes; one was expected");
        std::string value;
        while (!take('"'))
        {
            if (rest_.empty())
                refuse("ends in the value of a label; a quote was expected");
            const char c = take_first(1).front();
            value += c == '\\' ? take_escaped() : c;
        }
        return value;
    }

    [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }

private:
    std::string_view take_first(std::size_t length)
    {
        const std::string_view taken = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return taken;
    }

    char take_escaped()
    {
        if (take('n'))
            return '\n';
        if (take('"'))
            return '"';
        if (take('\\'))
            return '\\';
        refuse(R"(has an odd escape in the value of a label; \\, \" or \n was expected)");
    }

    std::string_view rest_;
    const std::size_t number_;
};

using type_table = std::map<std::string, std::string, std::less<>>;

// # TYPE name type; other comments are for people.
void read_comment(line_reader line, type_table& types)
{
    line.skip_blanks();
    if (line.take_word() != "TYPE")
        return;
    line.skip_blanks();
    const std::string_view name = line.take_name(true);
    line.skip_blanks();
    const std::string_view type = line.take_word();
    constexpr std::string_view known[] = {"counter", "gauge", "histogram", "summary", "untyped"};
    if (std::ranges::find(known, type) == std::end(known))
        line.refuse("has the type " + std::string(type) +
                    "; counter, gauge, histogram, summary or untyped was expected");
    types.insert_or_assign(std::string(name), std::string(type));
}

// That of its metric: a histogram has samples _bucket, _sum and _count, a summary the last two.
std::string type_of(std::string_view name, const type_table& types)
{
    if (const auto own = types.find(name); own != types.end())
        return own->second;
    for (const std::string_view suffix : {"_bucket", "_sum", "_count"})
    {
        if (!name.ends_with(suffix))
            continue;
        const auto found = types.find(name.substr(0, name.size() - suffix.size()));
        if (found == types.end())
            break;
        if (found->second == "histogram" || (found->second == "summary" && suffix != "_bucket"))
            return found->second;
    }
    return "untyped";
}

void read_labels(line_reader& line, sample& into)
{
    while (!line.take('}'))
    {
        line.skip_blanks();
        std::string name(line.take_name(false));
        line.skip_blanks();
        if (!line.take('='))
            line.refuse("has the label " + name + " without a value; = was expected");
        line.skip_blanks();
        std::string value = line.take_value_of_label();
        if (std::ranges::find(into.labels, name, &std::pair<std::string, std::string>::first) !=
            into.labels.end())
            line.refuse("has the label " + name + " twice; one was expected");
        into.labels.emplace_back(std::move(name), std::move(value));
        line.skip_blanks();
        const bool goes_on = line.take(',');
        line.skip_blanks();
        if (goes_on)
            continue;
        if (!line.take('}'))
            line.refuse("has labels that do not end; a comma or a brace was expected");
        return;
    }
}

sample read_sample(line_reader line, const type_table& types)
{
    sample made;
    made.name = line.take_name(true);
    made.type = type_of(made.name, types);
    line.skip_blanks();
    if (line.take('{'))
    {
        line.skip_blanks();
        read_labels(line, made);
    }
    line.skip_blanks();
    const std::string_view value = line.take_word();
    const auto number = number_in(value);
    if (!number)
        line.refuse("has the value " + std::string(value.substr(0, 100)) +
                    "; a number was expected");
    made.value = *number;
    line.skip_blanks();
    if (line.is_at_end())
        return made;
    const std::string_view time = line.take_word();
    std::int64_t milliseconds = 0;
    const auto [behind, error] =
        std::from_chars(time.data(), time.data() + time.size(), milliseconds);
    constexpr std::int64_t first = -62'167'219'200'000; // of the year 0
    constexpr std::int64_t last = 253'402'300'799'999;  // of the year 9999
    if (error != std::errc() || behind != time.data() + time.size() || milliseconds < first ||
        milliseconds > last)
        line.refuse("has the timestamp " + std::string(time.substr(0, 100)) +
                    "; milliseconds since 1970 were expected, of the years 0 to 9999");
    made.timestamp = milliseconds;
    line.skip_blanks();
    if (!line.is_at_end())
        line.refuse("goes on behind the timestamp; its end was expected");
    return made;
}

} // namespace

std::vector<sample> read_exposition(std::string_view text, std::size_t most)
{
    std::vector<sample> found;
    type_table types;
    for (std::size_t number = 1; !text.empty(); ++number)
    {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        line_reader reader(line, number);
        reader.skip_blanks();
        if (reader.is_at_end())
            continue;
        if (reader.take('#'))
        {
            read_comment(reader, types);
            continue;
        }
        if (found.size() == most)
            throw std::runtime_error("has more than " + std::to_string(most) +
                                     " samples; at most so many were expected");
        found.push_back(read_sample(reader, types));
    }
    return found;
}

} // namespace prometheus_package
