// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/parameter_type.hpp>
#include <penstock/json.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock
{

/// Bounds a number, a duration (in milliseconds; of a parameter of seconds, in seconds) or a
/// byte_count, both ends included.
struct range
{
    double least;
    double most;
};

/// Lists the only values that a text may have: `choices{"a", "b"}`.
struct choices
{
    template <std::convertible_to<std::string_view>... Texts>
    explicit(sizeof...(Texts) == 0) choices(const Texts&... texts)
        : allowed{std::string(std::string_view(texts))...}
    {
    }

    choices(std::vector<std::string> texts) : allowed(std::move(texts)) {}

    std::vector<std::string> allowed;
};

/// Describes one member of the objects that a parameter holds.
struct member
{
    std::string name;
    std::string help;
    bool required;
    json::object schema;
    void (*check)(const json::value& value); ///< throws parameter_error
};

/// Makes a member of type `T`, any type of a parameter; a std::optional may be left out.
template <class T>
[[nodiscard]] member member_of(std::string_view name, std::string_view help)
{
    static_assert(detail::parameter_value<T>, "a member has one of the types of parameters");
    json::object schema = detail::parameter_type<T>::schema();
    schema["description"] = help;
    return {std::string(name), std::string(help), !requires(T value){value.has_value();
}
, std::move(schema), [](const json::value& value) { (void)detail::parameter_type<T>::read(value); }
}; // namespace penstock
}

/// Lists the members that objects may have; any other is refused.
struct members
{
    template <std::same_as<member>... Members>
    explicit members(Members... each) : list{std::move(each)...}
    {
    }

    std::vector<member> list;
};

/// Shows a value that a graph may give; it stands in the documentation and fits the parameter.
struct example
{
    json::value value;
};

} // namespace penstock
