// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/parameter.hpp>

#include "name.hpp"

#include <penstock/component.hpp>
#include <penstock/nearest.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace penstock
{

namespace
{

constexpr double exact_integers = 9007199254740992.0; // 2^53

// A bound as a schema and a message show it: without a fraction where it has none.
json::value bound(double number)
{
    if (std::trunc(number) == number && std::abs(number) <= exact_integers)
        return static_cast<std::int64_t>(number);
    return number;
}

std::string text_of(double number)
{
    return write_json(bound(number));
}

} // namespace

parameter_base::parameter_base(component& owner, std::string_view name, std::string_view help,
                               bool is_required)
    : name_(name), help_(help), required_(is_required)
{
    std::vector<parameter_base*>& others = detail::component_access::members(owner).parameters;
    if (!detail::is_name(name))
        throw std::invalid_argument("parameter \"" + name_ +
                                    "\": is no name; [a-z][a-z0-9_]* was expected");
    if (std::any_of(others.begin(), others.end(),
                    [&](const parameter_base* other) { return other->name() == name; }))
        throw std::invalid_argument("parameter \"" + name_ +
                                    "\": is declared twice; another name was expected");
    others.push_back(this);
}

parameter_base::~parameter_base() = default;

json::object parameter_base::schema() const
{
    json::object schema = type_schema();
    json::object* limited = &schema;
    if (json::value* items = schema.if_contains("items"))
        limited = &items->as_object();
    if (range_ && std::isfinite(range_->least))
        (*limited)["minimum"] = bound(range_->least);
    if (range_ && std::isfinite(range_->most))
        (*limited)["maximum"] = bound(range_->most);
    if (!choices_.empty())
        (*limited)["enum"] = json::array(choices_.begin(), choices_.end());
    if (!required_)
        schema["default"] = assigned_ ? default_ : value();
    if (!help_.empty())
        schema["description"] = help_;
    return schema;
}

void parameter_base::assign(const json::value& value)
{
    json::value before = assigned_ || required_ ? json::value() : this->value();
    read(value);
    if (!assigned_)
        default_ = std::move(before);
    assigned_ = true;
}

void parameter_base::limit(range range)
{
    range_ = range;
}

void parameter_base::limit(choices choices)
{
    choices_ = std::move(choices.allowed);
}

void parameter_base::check_number(double value) const
{
    if (!range_ || (value >= range_->least && value <= range_->most))
        return;
    std::string expected;
    if (!std::isfinite(range_->most))
        expected = "at least " + text_of(range_->least);
    else if (!std::isfinite(range_->least))
        expected = "at most " + text_of(range_->most);
    else
        expected = text_of(range_->least) + " to " + text_of(range_->most);
    json::object schema = type_schema();
    if (const json::value* items = schema.if_contains("items"))
        schema = json::object(items->as_object());
    if (const json::value* unit = schema.if_contains("x-unit"))
        expected += ' ' + std::string(unit->as_string());
    throw parameter_error("is out of range; " + expected + " was expected");
}

void parameter_base::check_text(const std::string& value) const
{
    if (choices_.empty() || std::find(choices_.begin(), choices_.end(), value) != choices_.end())
        return;
    throw parameter_error("is none of the choices; " + quoted(choices_) + " was expected");
}

} // namespace penstock
