// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema_check.hpp"
#include "canonical.hpp"
#include "whole_number.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace fields_package
{

namespace
{

namespace json = penstock::json;

bool is_whole(double number)
{
    return std::isfinite(number) && number == std::trunc(number);
}

unsigned types_of(const json::value& value)
{
    switch (value.kind())
    {
    case json::kind::null: return null_type;
    case json::kind::bool_: return boolean_type;
    case json::kind::int64:
    case json::kind::uint64: return integer_type | number_type;
    case json::kind::double_:
        return is_whole(value.get_double()) ? integer_type | number_type : number_type;
    case json::kind::string: return string_type;
    case json::kind::array: return array_type;
    default: return object_type;
    }
}

std::uint64_t characters_of(std::string_view text)
{
    return static_cast<std::uint64_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

class checker
{
public:
    explicit checker(const schema_limits& limits)
        : depth_left_(limits.depth), steps_left_(limits.steps), most_steps_(limits.steps)
    {
    }

    // Whether the value fits; if not, and somebody wants to know, failure() says why.
    bool fits(const schema& against, const json::value& value)
    {
        spend(1);
        if (depth_left_ == 0)
            throw schema_limit_error("is nested too deep; schemas and values of fewer levels were "
                                     "expected");
        --depth_left_;
        const bool result = against.reference != nullptr ? fits(*against.reference, value)
                                                         : fits_keywords(against, value);
        ++depth_left_;
        return result;
    }

    [[nodiscard]] const std::optional<schema_failure>& failure() const { return failure_; }

private:
    void spend(std::uint64_t steps)
    {
        if (steps > steps_left_)
            throw schema_limit_error("takes more than " + std::to_string(most_steps_) +
                                     " steps; a smaller value or a simpler schema was expected");
        steps_left_ -= steps;
    }

    void spend_on_text(std::string_view text)
    {
        constexpr std::size_t bytes_of_a_step = 64;
        spend(1 + text.size() / bytes_of_a_step);
    }

    // What it takes to compare all of a value. Values are of JSON, which is not nested without end.
    void spend_on(const json::value& value)
    {
        spend(1);
        if (const json::string* text = value.if_string())
            spend_on_text(*text);
        else if (const json::array* list = value.if_array())
            for (const json::value& each : *list)
                spend_on(each);
        else if (const json::object* members = value.if_object())
            for (const auto& each : *members)
            {
                spend_on_text(each.key());
                spend_on(each.value());
            }
    }

    bool has_match(const RE2& expression, std::string_view text)
    {
        spend_on_text(text);
        return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
    }

    std::string compared(const json::value& value)
    {
        spend_on(value);
        return canonical(value);
    }

    bool fail(std::string_view keyword, std::string what)
    {
        if (what.find(';') == std::string::npos)
            what += "; what fits the schema was expected";
        if (silent_ == 0)
            failure_ = {pointer_, std::string(keyword), std::move(what)};
        return false;
    }

    bool fits_silently(const schema& against, const json::value& value)
    {
        ++silent_;
        const bool result = fits(against, value);
        --silent_;
        return result;
    }

    bool fits_below(const schema& against, const json::value& value, std::string_view name)
    {
        const std::size_t size = pointer_.size();
        pointer_ += '/';
        for (const char c : name)
            pointer_ += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        const bool result = fits(against, value);
        pointer_.resize(size);
        return result;
    }

    bool fits_keywords(const schema& s, const json::value& value)
    {
        if (s.never)
            return fail("", "is there; nothing was expected");
        if (s.types != 0 && (s.types & types_of(value)) == 0)
            return fail("type", "has another type than the schema names");
        if (s.choices && !s.choices->contains(compared(value)))
            return fail("enum", "is none of the values that the schema names");
        if (value.is_number() && !fits_number(s, value))
            return false;
        if (value.is_string() && !fits_text(s, value.get_string()))
            return false;
        if (value.is_array() && !fits_list(s, value.get_array()))
            return false;
        if (value.is_object() && !fits_object(s, value))
            return false;
        return fits_choices(s, value);
    }

    bool fits_number(const schema& s, const json::value& number)
    {
        if (s.minimum && !(compare_numbers(number, *s.minimum) >= 0))
            return fail("minimum", "is less than " + number_text(*s.minimum));
        if (s.maximum && !(compare_numbers(number, *s.maximum) <= 0))
            return fail("maximum", "is more than " + number_text(*s.maximum));
        if (s.exclusive_minimum && !(compare_numbers(number, *s.exclusive_minimum) > 0))
            return fail("exclusiveMinimum",
                        "is not more than " + number_text(*s.exclusive_minimum));
        if (s.exclusive_maximum && !(compare_numbers(number, *s.exclusive_maximum) < 0))
            return fail("exclusiveMaximum",
                        "is not less than " + number_text(*s.exclusive_maximum));
        if (s.multiple_of && !is_multiple(number, *s.multiple_of))
            return fail("multipleOf", "is no multiple of " + number_text(*s.multiple_of));
        return true;
    }

    bool fits_count(const schema::count& least, const schema::count& most, std::uint64_t count,
                    std::string_view of)
    {
        if (least && count < *least)
            return fail("min" + std::string(of), "has " + std::to_string(count) + "; at least " +
                                                     std::to_string(*least) + " were expected");
        if (most && count > *most)
            return fail("max" + std::string(of), "has " + std::to_string(count) + "; at most " +
                                                     std::to_string(*most) + " were expected");
        return true;
    }

    bool fits_text(const schema& s, std::string_view text)
    {
        if (s.min_length || s.max_length)
        {
            spend_on_text(text);
            if (!fits_count(s.min_length, s.max_length, characters_of(text), "Length"))
                return false;
        }
        if (s.pattern && !has_match(*s.pattern, text))
            return fail("pattern", "does not match " + s.pattern->pattern());
        return true;
    }

    bool fits_list(const schema& s, const json::array& list)
    {
        if (!fits_count(s.min_items, s.max_items, list.size(), "Items"))
            return false;
        if (s.unique_items && !is_unique(list))
            return fail("uniqueItems", "has a value twice");
        for (std::size_t n = 0; n < list.size(); ++n)
        {
            const schema* const each = n < s.items.size() ? s.items[n] : s.rest_of_items;
            if (each != nullptr && !fits_below(*each, list[n], std::to_string(n)))
                return false;
        }
        if (s.contains != nullptr &&
            !std::ranges::any_of(list, [&](const json::value& each)
                                 { return fits_silently(*s.contains, each); }))
            return fail("contains", "has no value that fits");
        return true;
    }

    bool is_unique(const json::array& list)
    {
        std::unordered_set<std::string> seen;
        return std::ranges::all_of(list, [&](const json::value& each)
                                   { return seen.insert(compared(each)).second; });
    }

    bool fits_object(const schema& s, const json::value& value)
    {
        const json::object& object = value.get_object();
        if (!fits_count(s.min_properties, s.max_properties, object.size(), "Properties"))
            return false;
        spend(s.required.size() + object.size());
        for (const std::string& each : s.required)
            if (!object.contains(each))
                return fail("required", "has no \"" + each + "\"");
        for (const auto& each : object)
            if (!fits_member(s, each))
                return false;
        for (const auto& [name, needed] : s.dependent_names)
            if (object.contains(name))
                for (const std::string& each : needed)
                    if (!object.contains(each))
                        return fail("dependencies", "has \"" + name + "\" and no \"" + each + "\"");
        for (const auto& [name, against] : s.dependent_schemas)
            if (object.contains(name) && !fits(*against, value))
                return false;
        return true;
    }

    bool fits_member(const schema& s, const json::key_value_pair& member)
    {
        const std::string_view name = member.key();
        bool is_known = false;
        if (s.property_names != nullptr && !fits_silently(*s.property_names, json::string(name)))
            return fail("propertyNames",
                        "has \"" + std::string(name) + "\", a name that does not fit");
        if (const auto known = s.properties.find(name); known != s.properties.end())
        {
            is_known = true;
            if (!fits_below(*known->second, member.value(), name))
                return false;
        }
        for (const auto& [expression, against] : s.pattern_properties)
            if (has_match(*expression, name))
            {
                is_known = true;
                if (!fits_below(*against, member.value(), name))
                    return false;
            }
        if (is_known || s.additional_properties == nullptr)
            return true;
        if (s.additional_properties->never)
            return fail("additionalProperties",
                        "has \"" + std::string(name) + "\", which the schema does not name");
        return fits_below(*s.additional_properties, member.value(), name);
    }

    bool fits_choices(const schema& s, const json::value& value)
    {
        const auto fitting = [&](const schema* each) { return fits_silently(*each, value); };
        if (!std::ranges::all_of(s.all_of, [&](const schema* each) { return fits(*each, value); }))
            return false;
        if (!s.any_of.empty() && std::ranges::none_of(s.any_of, fitting))
            return fail("anyOf", "fits none of the schemas");
        if (!s.one_of.empty())
            if (const auto count = std::ranges::count_if(s.one_of, fitting); count != 1)
                return fail("oneOf",
                            "fits " + std::to_string(count) + " of the schemas; one was expected");
        if (s.not_ != nullptr && fitting(s.not_))
            return fail("not", "fits what it should not");
        if (s.if_ == nullptr)
            return true;
        const schema* const then = fitting(s.if_) ? s.then : s.else_;
        return then == nullptr || fits(*then, value);
    }

    std::size_t depth_left_;
    std::uint64_t steps_left_;
    std::uint64_t most_steps_;
    std::size_t silent_ = 0; // checks around this one whose failures nobody wants to know
    std::string pointer_;
    std::optional<schema_failure> failure_;
};

} // namespace

std::optional<schema_failure> check_schema(const schema& against, const json::value& value,
                                           const schema_limits& limits)
{
    checker check(limits);
    if (check.fits(against, value))
        return std::nullopt;
    return check.failure();
}

} // namespace fields_package
