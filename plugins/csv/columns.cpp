// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "columns.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <map>
#include <utility>

namespace csv_package
{
namespace
{

namespace json = penstock::json;

std::string name_of_place(std::size_t place)
{
    return "column" + std::to_string(place + 1);
}

json::string text_of(std::string_view value, bool repaired)
{
    return repaired ? json::string(penstock::detail::repaired_utf8(value)) : json::string(value);
}

} // namespace

columns::columns(std::vector<std::string> names) : names_(std::move(names)), are_named_(true)
{
    std::map<std::string_view, std::size_t> last;
    for (std::size_t n = 0; n < names_.size(); ++n)
        if (names_[n].empty())
            names_[n] = name_of_place(n);
    next_.resize(names_.size());
    is_next_.resize(names_.size());
    for (std::size_t n = 0; n < names_.size(); ++n)
    {
        const auto [found, is_first] = last.emplace(names_[n], n);
        if (is_first)
            continue;
        next_[std::exchange(found->second, n)] = n;
        is_next_[n] = true;
    }
}

std::optional<json::object> columns::fields_of(const row& of, bool repaired)
{
    for (; !are_named_ && names_.size() < of.size(); is_next_.push_back(false), next_.push_back(0))
        names_.push_back(name_of_place(names_.size()));
    if (of.size() > penstock::detail::wide_object)
        return wide_fields_of(of, repaired);
    json::object fields;
    fields.reserve(of.size());
    for (std::size_t n = 0; n < of.size(); ++n)
    {
        if (is_next_[n])
            continue;
        if (next_[n] == 0)
        {
            fields.emplace(names_[n], text_of(of[n], repaired));
            continue;
        }
        json::array several;
        for (std::size_t each = n; each != 0 || several.empty(); each = next_[each])
            several.push_back(text_of(of[each], repaired));
        fields.emplace(names_[n], std::move(several));
    }
    return fields;
}

std::optional<json::object> columns::wide_fields_of(const row& of, bool repaired) const
{
    penstock::detail::value_builder builder(penstock::json_options::unbounded, true);
    std::size_t fields = 0;
    for (std::size_t n = 0; n < of.size(); ++n)
    {
        if (is_next_[n])
            continue;
        ++fields;
        builder.key(names_[n]);
        std::size_t values = 0;
        for (std::size_t each = n; each != 0 || values == 0; each = next_[each], ++values)
            builder.string(text_of(of[each], repaired));
        if (values > 1)
            builder.array(values);
    }
    if (!builder.object(fields))
        return std::nullopt;
    return std::move(builder.release().get_object());
}

} // namespace csv_package
