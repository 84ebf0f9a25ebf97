// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/byte_count.hpp> // IWYU pragma: export
#include <penstock/detail/parameter_type.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>
#include <penstock/parameter_limits.hpp> // IWYU pragma: export
#include <penstock/secret.hpp>           // IWYU pragma: export

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock
{

class component;

/// The type of `no_default`: a parameter without a default.
struct required_value
{
    /// Takes a number so that `{}` is an empty default, and not this.
    explicit constexpr required_value(int) {}
};

/// Stands for the default of a parameter that every graph must give.
inline constexpr required_value no_default{0};

/// What parameters of all types share: an owner, a name, a default, help, a JSON schema.
///
/// Assigned once, before `start()`; read-only afterwards, so reading needs no lock and never
/// suspends. [any thread]
class PENSTOCK_EXPORT parameter_base
{
public:
    parameter_base(const parameter_base&) = delete;
    parameter_base& operator=(const parameter_base&) = delete;

    /// The name; lives as long as the parameter.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The help; lives as long as the parameter.
    [[nodiscard]] const std::string& help() const noexcept { return help_; }

    /// True when the graph must give a value.
    [[nodiscard]] bool is_required() const noexcept { return required_; }

    /// True when the graph gave a value.
    [[nodiscard]] bool is_given() const noexcept { return assigned_; }

    /// The JSON Schema (2020-12) of the value: type, limits, choices, members, default, examples,
    /// description. That of a secret is `writeOnly`.
    [[nodiscard]] json::object schema() const;

    /// Takes a value from a graph file. Throws parameter_error, whose text never holds the value,
    /// as it may be a secret; then the old value stays.
    void assign(const json::value& value);

    /// The current value as it would stand in a graph file; of a secret an empty text.
    [[nodiscard]] virtual json::value value() const = 0;

protected:
    /// Registers with the owner; the texts are copied. Throws std::invalid_argument for a name that
    /// does not fit.
    parameter_base(component& owner, std::string_view name, std::string_view help,
                   bool is_required);
    virtual ~parameter_base();

    /// The part of schema() that follows from the type.
    virtual json::object type_schema() const = 0;
    /// Sets the value. Throws parameter_error, and keeps the old value then.
    virtual void read(const json::value& value) = 0;

    /// Limits a number.
    void limit(range range);
    /// Limits a text.
    void limit(choices choices);
    /// Limits an object.
    void limit(members members);
    /// Adds an example.
    void limit(example example);

    /// The examples, in order.
    [[nodiscard]] const std::vector<json::value>& examples() const noexcept { return examples_; }

    /// Checks a value, or each item of a list, against range, choices and members. Throws
    /// parameter_error.
    template <class T>
    void check(const T& value) const
    {
        if constexpr (std::is_same_v<T, std::string>)
            check_text(value);
        else if constexpr (std::is_same_v<T, json::object>)
            check_object(value, nothing);
        else if constexpr (requires { value.has_value(); })
        {
            if (value.has_value())
                check(*value);
        }
        else if constexpr (requires { value.count(); })
            check_number(static_cast<double>(value.count()));
        else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, json::value> ||
                           std::is_same_v<T, secret>)
            return;
        else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
            check_number(static_cast<double>(value));
        else if constexpr (std::is_same_v<T, std::vector<json::object>>)
            for (std::size_t n = 0; n < value.size(); ++n)
                check_object(value[n], n);
        else
            for (const typename T::value_type& item : value)
                check<typename T::value_type>(item);
    }

private:
    void check_number(double value) const;
    void check_text(const std::string& value) const;
    void check_object(const json::object& value, std::size_t place) const;
    void describe_members(json::object& schema) const;

    static constexpr std::size_t nothing = static_cast<std::size_t>(-1); // no place in a list

    std::string name_;
    std::string help_;
    std::optional<range> range_;
    std::vector<std::string> choices_;
    std::vector<member> members_;
    std::vector<json::value> examples_;
    json::value default_; ///< null until a value is assigned
    bool assigned_ = false;
    bool required_;
};

/// One setting of a component: a member that declares name, default, limits and help in one place,
/// from which validation, documentation and forms are made.
///
/// `T` is one of
/// - bool, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, float, double, std::string;
/// - std::chrono::milliseconds, written `"500ms"`, `"2s"`, `"1m"`, `"1h"`, or as a plain number of
///   milliseconds, and std::chrono::seconds, written `"2s"`, `"1m"`, `"1h"`, or as a plain number
///   of seconds; neither is ever negative;
/// - byte_count; secret; json::object; json::value, which is any JSON;
/// - std::optional of one of these, which has no value if the graph gives none, or null;
/// - std::vector of one of these.
template <class T>
class parameter final : public parameter_base
{
    static_assert(
        detail::parameter_value<T>,
        "a parameter holds bool, std::int32_t, std::uint32_t, std::int64_t, "
        "std::uint64_t, float, double, std::string, std::chrono::milliseconds, "
        "std::chrono::seconds, penstock::byte_count, penstock::secret, "
        "penstock::json::object, penstock::json::value, or a std::optional or std::vector "
        "of one of these");

public:
    /// Registers with the owner; `limits` are a `range`, `choices` or `members`, of a list those of
    /// its items, and any number of `example`s. Throws std::invalid_argument for a name that does
    /// not match `[a-z][a-z0-9_]*` or is another parameter's, parameter_error for a default or an
    /// example that does not fit.
    template <class... Limits>
    parameter(component& owner, std::string_view name, T fallback, std::string_view help,
              Limits... limits)
        : parameter_base(owner, name, help, false), value_(std::move(fallback))
    {
        (limit(std::move(limits)), ...);
        if constexpr (sizeof...(limits) > 0)
            this->check(value_);
        check_examples();
    }

    /// Registers a parameter that every graph must give. Throws as the constructor above does.
    template <class... Limits>
    parameter(component& owner, std::string_view name, required_value, std::string_view help,
              Limits... limits)
        : parameter_base(owner, name, help, true), value_()
    {
        (limit(std::move(limits)), ...);
        check_examples();
    }

    /// The value; lives as long as the parameter. [any thread, from start() on]
    const T& operator*() const noexcept { return value_; }

    /// The same for a member of the value.
    const T* operator->() const noexcept { return &value_; }

    /// The value as it would stand in a graph file.
    [[nodiscard]] json::value value() const override
    {
        return detail::parameter_type<T>::write(value_);
    }

private:
    void check_examples() const
    {
        for (const json::value& each : examples())
            this->check(detail::parameter_type<T>::read(each));
    }

    json::object type_schema() const override { return detail::parameter_type<T>::schema(); }

    void read(const json::value& value) override
    {
        T fresh = detail::parameter_type<T>::read(value);
        this->check(fresh);
        value_ = std::move(fresh);
    }

    T value_;
};

// Made in the SDK, so that not every component makes them.
extern template class PENSTOCK_EXPORT parameter<bool>;
extern template class PENSTOCK_EXPORT parameter<std::int32_t>;
extern template class PENSTOCK_EXPORT parameter<std::uint32_t>;
extern template class PENSTOCK_EXPORT parameter<std::int64_t>;
extern template class PENSTOCK_EXPORT parameter<std::uint64_t>;
extern template class PENSTOCK_EXPORT parameter<float>;
extern template class PENSTOCK_EXPORT parameter<double>;
extern template class PENSTOCK_EXPORT parameter<std::string>;
extern template class PENSTOCK_EXPORT parameter<secret>;
extern template class PENSTOCK_EXPORT parameter<std::chrono::milliseconds>;
extern template class PENSTOCK_EXPORT parameter<std::chrono::seconds>;
extern template class PENSTOCK_EXPORT parameter<byte_count>;
extern template class PENSTOCK_EXPORT parameter<json::object>;
extern template class PENSTOCK_EXPORT parameter<json::value>;

} // namespace penstock
