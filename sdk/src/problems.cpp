// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/problems.hpp>

#include <penstock/detail/problem_text.hpp>
#include <penstock/parameter.hpp>

namespace penstock
{

namespace detail
{

parameter_problem problem_of(std::string_view name, std::string_view text)
{
    const std::size_t split = text.find("; ");
    if (split == std::string_view::npos)
        return {std::string(name), std::string(text), "another value was expected"};
    return {std::string(name), std::string(text.substr(0, split)),
            std::string(text.substr(split + 2))};
}

} // namespace detail

void problems::add(const parameter_base& parameter, std::string_view text)
{
    add(parameter.name(), text);
}

void problems::add(std::string_view parameter, std::string_view text)
{
    list_.push_back(
        detail::problem_of(parameter, text.empty() ? "no text given by check()" : text));
    list_.back().is_rule = true;
}

void problems::add(std::string_view text)
{
    add(std::string_view(), text);
}

} // namespace penstock
