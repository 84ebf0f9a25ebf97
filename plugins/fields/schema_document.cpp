// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema_document.hpp"
#include "canonical.hpp"
#include "schema_circles.hpp"
#include "schema_pattern.hpp"
#include "schema_references.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fields_package
{

namespace json = penstock::json;

namespace
{

constexpr std::array<std::pair<std::string_view, unsigned>, 7> types{{{"null", null_type},
                                                                      {"boolean", boolean_type},
                                                                      {"integer", integer_type},
                                                                      {"number", number_type},
                                                                      {"string", string_type},
                                                                      {"array", array_type},
                                                                      {"object", object_type}}};

} // namespace

// Reads schemas, each once, and knows where it is.
class schema_document::reader
{
public:
    explicit reader(schema_document& into) : into_(into), references_(into.document_) {}

    const schema* read(const json::value& from, const std::string& at)
    {
        const auto [place, is_new] = into_.known_.emplace(&from, nullptr);
        if (!is_new)
            return place->second;
        place->second = &into_.schemas_.emplace_back();
        schema& made = *place->second;
        places_.emplace(&made, at);
        if (const bool* plain = from.if_bool())
        {
            made.never = !*plain;
            return &made;
        }
        const json::object* const members = from.if_object();
        if (members == nullptr)
            fail(at, "is no schema; an object, true or false was expected");
        if (const json::value* reference = members->if_contains("$ref"))
            made.reference = read_reference(*reference, at);
        else
            read_keywords(*members, at, made);
        return &made;
    }

    // Throws std::invalid_argument if the check of one of them would never end.
    void refuse_circles() const
    {
        if (const schema* found = circle_in(into_.schemas_))
            fail(places_.at(found), "leads back to itself with the same value; a schema whose "
                                    "check ends was expected");
    }

private:
    [[noreturn]] static void fail(const std::string& at, const std::string& what)
    {
        throw std::invalid_argument((at.empty() ? "/" : at) + ": " + what);
    }

    const schema* read_reference(const json::value& reference, const std::string& at)
    {
        if (!reference.is_string())
            fail(at + "/$ref", "is no text; a reference was expected");
        const std::string_view text = reference.get_string();
        const json::value* const found = references_.find(text);
        if (found == nullptr)
            fail(at + "/$ref",
                 "is \"" + std::string(text) + "\"; a schema of this document was expected");
        return read(*found, at + "/$ref");
    }

    void read_keywords(const json::object& from, const std::string& at, schema& to)
    {
        read_values(from, at, to);
        read_numbers(from, at, to);
        read_lists(from, at, to);
        read_objects(from, at, to);
        const auto all = [&](std::string_view name, schema::list& list)
        {
            if (const json::value* given = from.if_contains(name))
                list = read_list(*given, below(at, name));
        };
        all("allOf", to.all_of);
        all("anyOf", to.any_of);
        all("oneOf", to.one_of);
        to.not_ = member(from, at, "not");
        to.if_ = member(from, at, "if");
        to.then = member(from, at, "then");
        to.else_ = member(from, at, "else");
    }

    void read_values(const json::object& from, const std::string& at, schema& to)
    {
        if (const json::value* given = from.if_contains("type"))
        {
            const auto add = [&](const json::value& name)
            {
                for (const auto& [known, bit] : types)
                    if (name.is_string() && name.get_string() == known)
                        return void(to.types |= bit);
                fail(below(at, "type"), "is no type; one of JSON Schema was expected");
            };
            if (const json::array* list = given->if_array())
                for (const json::value& each : *list)
                    add(each);
            else
                add(*given);
        }
        if (const json::value* given = from.if_contains("enum"))
        {
            if (!given->is_array())
                fail(below(at, "enum"), "is no list; a list of values was expected");
            to.choices.emplace();
            for (const json::value& each : given->get_array())
                to.choices->insert(canonical(each));
        }
        if (const json::value* given = from.if_contains("const"))
        {
            std::set<std::string> only{canonical(*given)};
            if (to.choices && !to.choices->contains(*only.begin()))
                only.clear(); // none of enum
            to.choices = std::move(only);
        }
    }

    void read_numbers(const json::object& from, const std::string& at, schema& to)
    {
        const auto number = [&](std::string_view name, schema::number& into)
        {
            const json::value* given = from.if_contains(name);
            if (given == nullptr)
                return;
            if (!given->is_number())
                fail(below(at, name), "is no number; a number was expected");
            into = *given;
        };
        number("minimum", to.minimum);
        number("maximum", to.maximum);
        number("exclusiveMinimum", to.exclusive_minimum);
        number("exclusiveMaximum", to.exclusive_maximum);
        number("multipleOf", to.multiple_of);
        if (to.multiple_of && to.multiple_of->to_number<double>() <= 0)
            fail(below(at, "multipleOf"), "is not above 0; a number above 0 was expected");
        count(from, at, "minLength", to.min_length);
        count(from, at, "maxLength", to.max_length);
        if (const json::value* given = from.if_contains("pattern"))
        {
            if (!given->is_string())
                fail(below(at, "pattern"), "is no text; an expression was expected");
            to.pattern = pattern(given->get_string(), below(at, "pattern"));
        }
    }

    void read_lists(const json::object& from, const std::string& at, schema& to)
    {
        count(from, at, "minItems", to.min_items);
        count(from, at, "maxItems", to.max_items);
        if (const json::value* given = from.if_contains("uniqueItems"))
            to.unique_items = given->is_bool() && given->get_bool();
        to.contains = member(from, at, "contains");
        const json::value* const items = from.if_contains("items");
        if (items != nullptr && items->is_array())
        {
            to.items = read_list(*items, below(at, "items"));
            to.rest_of_items = member(from, at, "additionalItems");
        }
        else
            to.rest_of_items = member(from, at, "items");
    }

    void read_objects(const json::object& from, const std::string& at, schema& to)
    {
        count(from, at, "minProperties", to.min_properties);
        count(from, at, "maxProperties", to.max_properties);
        if (const json::value* given = from.if_contains("required"))
            to.required = names(*given, below(at, "required"));
        for (const auto& each : members(from, at, "properties"))
            to.properties.emplace(each.key(),
                                  read(each.value(), below(below(at, "properties"), each.key())));
        for (const auto& each : members(from, at, "patternProperties"))
        {
            const std::string where = below(below(at, "patternProperties"), each.key());
            to.pattern_properties.emplace_back(pattern(each.key(), where),
                                               read(each.value(), where));
        }
        to.additional_properties = member(from, at, "additionalProperties");
        to.property_names = member(from, at, "propertyNames");
        for (const auto& each : members(from, at, "dependencies"))
        {
            const std::string where = below(below(at, "dependencies"), each.key());
            if (each.value().is_array())
                to.dependent_names.emplace_back(each.key(), names(each.value(), where));
            else
                to.dependent_schemas.emplace_back(each.key(), read(each.value(), where));
        }
    }

    static const json::object& members(const json::object& from, const std::string& at,
                                       std::string_view name)
    {
        static const json::object none;
        const json::value* const given = from.if_contains(name);
        if (given != nullptr && !given->is_object())
            fail(below(at, name), "is no object; an object of schemas was expected");
        return given == nullptr ? none : given->get_object();
    }

    static void count(const json::object& from, const std::string& at, std::string_view name,
                      schema::count& into)
    {
        const json::value* const given = from.if_contains(name);
        if (given == nullptr)
            return;
        const double number = given->is_number() ? given->to_number<double>() : -1;
        if (number < 0 || number > 1e15 || number != std::trunc(number))
            fail(below(at, name), "is no count; a whole number from 0 on was expected");
        into = static_cast<std::uint64_t>(number);
    }

    static std::vector<std::string> names(const json::value& from, const std::string& at)
    {
        std::vector<std::string> list;
        if (!from.is_array())
            fail(at, "is no list; a list of names was expected");
        for (const json::value& each : from.get_array())
        {
            if (!each.is_string())
                fail(at, "has what is no text; a list of names was expected");
            list.emplace_back(std::string_view(each.get_string()));
        }
        return list;
    }

    static std::shared_ptr<const RE2> pattern(std::string_view text, const std::string& at)
    {
        try
        {
            return schema_pattern(text);
        }
        catch (const std::invalid_argument& error)
        {
            fail(at, error.what());
        }
    }

    const schema* member(const json::object& from, const std::string& at, std::string_view name)
    {
        const json::value* const given = from.if_contains(name);
        return given == nullptr ? nullptr : read(*given, below(at, name));
    }

    schema::list read_list(const json::value& from, const std::string& at)
    {
        schema::list list;
        if (!from.is_array())
            fail(at, "is no list; a list of schemas was expected");
        for (std::size_t n = 0; n < from.get_array().size(); ++n)
            list.push_back(read(from.get_array()[n], at + "/" + std::to_string(n)));
        return list;
    }

    static std::string below(const std::string& at, std::string_view name)
    {
        std::string pointer = at + "/";
        for (const char c : name)
            pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return pointer;
    }

    schema_document& into_;
    schema_references references_;
    std::map<const schema*, std::string> places_; // the pointers to them
};

schema_document::schema_document(json::value document) : document_(std::move(document))
{
    reader all(*this);
    root_ = all.read(document_, "");
    all.refuse_circles();
}

} // namespace fields_package
