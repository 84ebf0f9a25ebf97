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

bool takes_null(const json::object& schema)
{
    const json::value* type = schema.if_contains("type");
    return type != nullptr && type->is_array() &&
           std::ranges::count(type->get_array(), json::value("null")) != 0;
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
    {
        json::array all(choices_.begin(), choices_.end());
        if (takes_null(*limited))
            all.push_back(nullptr);
        (*limited)["enum"] = std::move(all);
    }
    if (!members_.empty())
        describe_members(*limited);
    if (!required_)
        schema["default"] = assigned_ ? default_ : value();
    if (!examples_.empty())
        schema["examples"] = json::array(examples_.begin(), examples_.end());
    if (!help_.empty())
        schema["description"] = help_;
    return schema;
}

void parameter_base::describe_members(json::object& schema) const
{
    json::object properties;
    json::array required;
    for (const member& each : members_)
    {
        properties[each.name] = each.schema;
        if (each.required)
            required.emplace_back(each.name);
    }
    schema["properties"] = std::move(properties);
    if (!required.empty())
        schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
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

void parameter_base::limit(members members)
{
    members_ = std::move(members.list);
}

void parameter_base::limit(example example)
{
    examples_.push_back(std::move(example.value));
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

void parameter_base::check_object(const json::object& value, std::size_t place) const
{
    const std::string item = place == nothing ? "" : "item " + std::to_string(place + 1) + " ";
    std::vector<std::string> names;
    for (const member& each : members_)
    {
        names.push_back(each.name);
        const json::value* found = value.if_contains(each.name);
        if (found == nullptr && each.required)
            throw parameter_error(item + "has no member \"" + each.name + "\"; one was expected");
        try
        {
            if (found != nullptr)
                each.check(*found);
        }
        catch (const parameter_error& error)
        {
            throw parameter_error(item + "has a member \"" + each.name + "\" that " + error.what());
        }
    }
    for (const auto& found : value)
        if (!names.empty() && std::ranges::find(names, std::string(found.key())) == names.end())
            throw parameter_error(item + "has an unknown member \"" + std::string(found.key()) +
                                  "\"; " + expected_name(found.key(), names));
}

template class parameter<bool>;
template class parameter<std::int32_t>;
template class parameter<std::uint32_t>;
template class parameter<std::int64_t>;
template class parameter<std::uint64_t>;
template class parameter<float>;
template class parameter<double>;
template class parameter<std::string>;
template class parameter<secret>;
template class parameter<std::chrono::milliseconds>;
template class parameter<std::chrono::seconds>;
template class parameter<byte_count>;
template class parameter<json::object>;
template class parameter<json::value>;

} // namespace penstock
