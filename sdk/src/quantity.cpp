// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/quantity.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::detail
{

namespace
{

constexpr std::array sizes{quantity_unit{"TiB", 1ull << 40}, quantity_unit{"GiB", 1ull << 30},
                           quantity_unit{"MiB", 1ull << 20}, quantity_unit{"KiB", 1ull << 10},
                           quantity_unit{"B", 1}};
constexpr std::array times{quantity_unit{"d", 86'400'000}, quantity_unit{"h", 3'600'000},
                           quantity_unit{"m", 60'000}, quantity_unit{"s", 1'000},
                           quantity_unit{"ms", 1}};
constexpr std::array whole_seconds{quantity_unit{"h", 3'600}, quantity_unit{"m", 60},
                                   quantity_unit{"s", 1}};

} // namespace

std::span<const quantity_unit> size_units() noexcept
{
    return sizes;
}

std::span<const quantity_unit> time_units() noexcept
{
    return times;
}

std::span<const quantity_unit> parameter_time_units() noexcept
{
    return time_units().subspan(1); // without days
}

std::span<const quantity_unit> whole_second_units() noexcept
{
    return whole_seconds;
}

parsed_quantity parse_quantity(std::string_view text, std::span<const quantity_unit> units,
                               std::uint64_t most) noexcept
{
    std::uint64_t count = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{})
        return {0, error};
    const std::string_view name(rest, static_cast<std::size_t>(end - rest));
    const auto found = std::ranges::find(units, name, &quantity_unit::name);
    if (found == units.end())
        return {0, std::errc::invalid_argument};
    if (count > most / found->factor)
        return {0, std::errc::result_out_of_range};
    return {count * found->factor, {}};
}

std::string write_quantity(std::uint64_t amount, std::span<const quantity_unit> units)
{
    const auto fits = [&](const quantity_unit& unit)
    { return unit.factor == 1 || (amount != 0 && amount % unit.factor == 0); };
    const auto found = std::ranges::find_if(units, fits);
    return std::to_string(amount / found->factor).append(found->name);
}

} // namespace penstock::detail
