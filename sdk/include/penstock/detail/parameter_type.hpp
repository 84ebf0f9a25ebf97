// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/byte_count.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>
#include <penstock/secret.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock
{

/// Reports a parameter's value that does not fit; `what()` is `what is wrong; what was expected`.
class PENSTOCK_EXPORT parameter_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

namespace detail
{

/// Turns JSON into a parameter's type and back. Declared for the types that parameters may have.
template <class T>
struct parameter_type;

template <class T>
concept parameter_value = requires
{
    parameter_type<T>::schema();
};

#define PENSTOCK_PARAMETER_TYPE(T)                \
    template <>                                   \
    struct PENSTOCK_EXPORT parameter_type<T>      \
    {                                             \
        static json::object schema();             \
        static T read(const json::value& value);  \
        static json::value write(const T& value); \
    };

PENSTOCK_PARAMETER_TYPE(bool)
PENSTOCK_PARAMETER_TYPE(std::int32_t)
PENSTOCK_PARAMETER_TYPE(std::uint32_t)
PENSTOCK_PARAMETER_TYPE(std::int64_t)
PENSTOCK_PARAMETER_TYPE(std::uint64_t)
PENSTOCK_PARAMETER_TYPE(float)
PENSTOCK_PARAMETER_TYPE(double)
PENSTOCK_PARAMETER_TYPE(std::string)
PENSTOCK_PARAMETER_TYPE(secret) // written as an empty text
PENSTOCK_PARAMETER_TYPE(std::chrono::milliseconds)
PENSTOCK_PARAMETER_TYPE(std::chrono::seconds)
PENSTOCK_PARAMETER_TYPE(byte_count)
PENSTOCK_PARAMETER_TYPE(json::object)
PENSTOCK_PARAMETER_TYPE(json::value)
#undef PENSTOCK_PARAMETER_TYPE

/// Returns the schema with null as another value.
[[nodiscard]] PENSTOCK_EXPORT json::object or_null(json::object schema);

template <parameter_value T>
struct parameter_type<std::optional<T>>
{
    static json::object schema() { return or_null(parameter_type<T>::schema()); }

    static std::optional<T> read(const json::value& value)
    {
        if (value.is_null())
            return std::nullopt;
        return parameter_type<T>::read(value);
    }

    static json::value write(const std::optional<T>& value)
    {
        return value ? parameter_type<T>::write(*value) : json::value();
    }
};

template <parameter_value T>
struct parameter_type<std::vector<T>>
{
    static json::object schema()
    {
        return {{"type", "array"}, {"items", parameter_type<T>::schema()}};
    }

    static std::vector<T> read(const json::value& value)
    {
        const json::array* items = value.if_array();
        if (items == nullptr)
            throw parameter_error("is not a list; a list was expected");
        std::vector<T> list;
        list.reserve(items->size());
        for (const json::value& item : *items)
            list.push_back(parameter_type<T>::read(item));
        return list;
    }

    static json::value write(const std::vector<T>& list)
    {
        json::array items;
        items.reserve(list.size());
        for (const T& item : list)
            items.push_back(parameter_type<T>::write(item));
        return items;
    }
};

} // namespace detail
} // namespace penstock
