// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock
{

class component;

/// Reports a parameter's value that does not fit; `what()` is `what is wrong; what was expected`.
class PENSTOCK_EXPORT parameter_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A number of bytes; written `"512B"`, `"64KiB"`, `"16MiB"`, `"4GiB"`, or as a plain number.
enum class byte_count : std::uint64_t
{
};

/// Bounds a number, a duration (in milliseconds) or a byte_count, both ends included.
struct range
{
    double least;
    double most;
};

/// Lists the only values that a text may have.
struct choices
{
    std::vector<std::string> allowed;
};

/// Marks a parameter without a default.
struct required_value
{
    explicit constexpr required_value(int) {} // so that `{}` is an empty default, not this
};

inline constexpr required_value no_default{0};

/// What parameters of all types share: an owner, a name, a default, help, a JSON schema.
///
/// Assigned once, before `start()`; read-only afterwards, so reading is free. [any thread]
class PENSTOCK_EXPORT parameter_base
{
public:
    parameter_base(const parameter_base&) = delete;
    parameter_base& operator=(const parameter_base&) = delete;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] const std::string& help() const noexcept { return help_; }

    /// True when the graph must give a value.
    [[nodiscard]] bool is_required() const noexcept { return required_; }

    /// True when the graph gave a value.
    [[nodiscard]] bool is_given() const noexcept { return assigned_; }

    /// The JSON Schema (2020-12) of the value: type, limits, choices, default, description.
    [[nodiscard]] json::object schema() const;

    /// Takes a value from a graph file. Throws parameter_error, whose text never holds the value,
    /// as it may be a secret; then the old value stays.
    void assign(const json::value& value);

    /// The current value as it would stand in a graph file.
    [[nodiscard]] virtual json::value value() const = 0;

protected:
    parameter_base(component& owner, std::string_view name, std::string_view help,
                   bool is_required);
    virtual ~parameter_base();

    virtual json::object type_schema() const = 0;
    virtual void read(const json::value& value) = 0;

    void limit(range range);
    void limit(choices choices);

    /// Checks a value, or each item of a list, against range and choices. Throws parameter_error.
    template <class T>
    void check(const T& value) const
    {
        if constexpr (std::is_same_v<T, std::string>)
            check_text(value);
        else if constexpr (std::is_same_v<T, std::chrono::milliseconds>)
            check_number(static_cast<double>(value.count()));
        else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, json::value>)
            return;
        else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
            check_number(static_cast<double>(value));
        else
            for (const typename T::value_type& item : value)
                check<typename T::value_type>(item);
    }

private:
    void check_number(double value) const;
    void check_text(const std::string& value) const;

    std::string name_;
    std::string help_;
    std::optional<range> range_;
    std::vector<std::string> choices_;
    json::value default_; ///< null until a value is assigned
    bool assigned_ = false;
    bool required_;
};

namespace detail
{

/// Turns JSON into a parameter's type and back. Declared for the types that parameters may have:
/// bool, integers, double, text, durations, byte_count, any JSON, and lists of these.
template <class T>
struct parameter_type;

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
PENSTOCK_PARAMETER_TYPE(double)
PENSTOCK_PARAMETER_TYPE(std::string)
PENSTOCK_PARAMETER_TYPE(std::chrono::milliseconds)
PENSTOCK_PARAMETER_TYPE(byte_count)
PENSTOCK_PARAMETER_TYPE(json::value)
#undef PENSTOCK_PARAMETER_TYPE

template <class T>
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

/// Holds one setting of a component: a member that declares name, default, limits and help in one
/// place, from which validation, documentation and forms are made.
///
/// `T` is bool, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, double, std::string,
/// std::chrono::milliseconds (written `"500ms"`, `"2s"`, `"1m"`, `"1h"`, or as a plain number of
/// milliseconds; never negative), byte_count, json::value, or a
/// std::vector of one of them.
template <class T>
class parameter final : public parameter_base
{
public:
    /// Registers with the owner; `limits` are a `range` or `choices`, of a list those of its items.
    /// Throws std::invalid_argument for a name that does not match `[a-z][a-z0-9_]*` or is another
    /// parameter's, parameter_error for a default that does not fit.
    template <class... Limits>
    parameter(component& owner, std::string_view name, T fallback, std::string_view help,
              Limits... limits)
        : parameter_base(owner, name, help, false), value_(std::move(fallback))
    {
        (limit(std::move(limits)), ...);
        if constexpr (sizeof...(limits) > 0)
            this->check(value_);
    }

    /// Registers a parameter that every graph must give.
    template <class... Limits>
    parameter(component& owner, std::string_view name, required_value, std::string_view help,
              Limits... limits)
        : parameter_base(owner, name, help, true), value_()
    {
        (limit(std::move(limits)), ...);
    }

    const T& operator*() const noexcept { return value_; }

    const T* operator->() const noexcept { return &value_; }

    [[nodiscard]] json::value value() const override
    {
        return detail::parameter_type<T>::write(value_);
    }

private:
    json::object type_schema() const override { return detail::parameter_type<T>::schema(); }

    void read(const json::value& value) override
    {
        T fresh = detail::parameter_type<T>::read(value);
        this->check(fresh);
        value_ = std::move(fresh);
    }

    T value_;
};

} // namespace penstock
