// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "value_lines.hpp"

#include "../reading/ascii.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

// The number that a text begins with; nothing, which is less than all numbers, if there is none. A
// long double has every digit of the integers of JSON.
std::optional<long double> number_in(std::string_view text)
{
    text = reading::trimmed(text);
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+'))
        text.remove_prefix(1);
    const std::size_t first = text.starts_with('.') ? 1 : 0;
    if (text.size() <= first || text[first] < '0' || text[first] > '9') // as inf and nan
        return std::nullopt;
    long double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range)
    {
        const std::string_view read(text.data(), static_cast<std::size_t>(stop - text.data()));
        const std::size_t exponent = read.find_first_of("eE");
        const bool is_small = exponent == std::string_view::npos
                                  ? read.front() == '0' || read.front() == '.'
                                  : read.substr(exponent + 1).starts_with('-');
        number = is_small ? 0 : std::numeric_limits<long double>::infinity();
    }
    return is_negative ? -number : number;
}

class sort final : public value_lines
{
    penstock::parameter<std::string> order{*this, "order", "ascending",
                                           "Whether the least value is first or the greatest.",
                                           penstock::choices{"ascending", "descending"}};
    penstock::parameter<std::string> by{
        *this, "by", "text",
        "What is compared: texts, character by character as Unicode numbers them, or the numbers "
        "that they begin with, as 5, +5, -1.5 or 1e3. One without a number is less than all "
        "others.",
        penstock::choices{"text", "number"}};
    penstock::parameter<bool> ignore_case{*this, "ignore_case", false,
                                          "Whether small and capital letters of ASCII are the "
                                          "same."};

    struct item
    {
        std::string text;
        std::optional<long double> number;
        json::value value;
    };

    bool change(std::vector<json::value>& values) override
    {
        std::vector<item> items;
        items.reserve(values.size());
        for (json::value& each : values)
        {
            const std::string_view text = text_of(each, buffer_);
            std::string compared = *ignore_case ? reading::lower(text) : std::string(text);
            const auto number = *by == "number" ? number_in(text) : std::nullopt;
            items.push_back({std::move(compared), number, std::move(each)});
        }
        const bool by_number = *by == "number";
        const auto is_before = [by_number](const item& a, const item& b)
        { return by_number ? a.number < b.number : a.text < b.text; };
        if (*order == "ascending") // what is equal keeps its order either way
            std::ranges::stable_sort(items, is_before);
        else
            std::ranges::stable_sort(items,
                                     [&](const item& a, const item& b) { return is_before(b, a); });
        for (std::size_t n = 0; n < items.size(); ++n)
            values[n] = std::move(items[n].value);
        return true;
    }

    std::string buffer_;
};

} // namespace

extern constinit const penstock::component_entry sort_entry = penstock::component_of<sort>(
    "sort", penstock::category::transformer, "Sorts the values of a field.");

} // namespace text_package
