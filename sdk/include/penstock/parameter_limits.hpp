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

/// The bounds of a number, a duration (in milliseconds; of a parameter of seconds, in seconds) or a
/// byte_count, both ends included.
struct range
{
    double least; ///< the smallest value allowed
    double most;  ///< the largest value allowed
};

/// The only values that a text may have: `choices{"a", "b"}`. The texts are copied.
struct choices
{
    /// Copies texts of any kind.
    template <std::convertible_to<std::string_view>... Texts>
    explicit(sizeof...(Texts) == 0) choices(const Texts&... texts)
        : allowed{std::string(std::string_view(texts))...}
    {
    }

    /// Takes a list of texts over.
    choices(std::vector<std::string> texts) : allowed(std::move(texts)) {}

    std::vector<std::string> allowed; ///< the texts
};

/// One member of the objects that a parameter holds; see member_of().
struct member
{
    std::string name;                        ///< its key
    std::string help;                        ///< a sentence
    bool required;                           ///< each object must have it
    json::object schema;                     ///< of its value
    void (*check)(const json::value& value); ///< throws parameter_error
};

/// Makes a member of type `T`, any type of a parameter; a std::optional may be left out. The texts
/// are copied. [any thread]
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

/// The members that objects may have; any other is refused.
struct members
{
    /// Takes the members over.
    template <std::same_as<member>... Members>
    explicit members(Members... each) : list{std::move(each)...}
    {
    }

    std::vector<member> list; ///< the members
};

/// A value that a graph may give; it stands in the documentation and fits the parameter.
struct example
{
    json::value value; ///< as it stands in a graph file
};

} // namespace penstock
