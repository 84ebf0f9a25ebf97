// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema_references.hpp"

#include <charconv>
#include <stdexcept>

namespace fields_package
{

namespace json = penstock::json;

namespace
{

constexpr std::size_t deepest = 64;

// A pointer in a URI may have percent signs (RFC 6901, section 6).
std::string unescaped(std::string_view text)
{
    std::string plain;
    for (std::size_t n = 0; n < text.size(); ++n)
    {
        unsigned code = 0;
        if (text[n] == '%' && n + 2 < text.size() &&
            std::from_chars(text.data() + n + 1, text.data() + n + 3, code, 16).ptr ==
                text.data() + n + 3)
        {
            plain += static_cast<char>(code);
            n += 2;
        }
        else
            plain += text[n];
    }
    return plain;
}

} // namespace

schema_references::schema_references(const json::value& document) : document_(document)
{
    note(document, 0);
}

void schema_references::note(const json::value& in, std::size_t depth)
{
    if (depth > deepest)
        throw std::invalid_argument("/: is nested too deep; at most 64 levels were expected");
    if (const json::object* object = in.if_object())
    {
        const json::value* const id = object->if_contains("$id");
        if (id != nullptr && id->is_string())
            ids_.emplace(std::string(std::string_view(id->get_string())), &in);
        for (const auto& each : *object)
            note(each.value(), depth + 1);
    }
    else if (const json::array* list = in.if_array())
        for (const json::value& each : *list)
            note(each, depth + 1);
}

const json::value* schema_references::find(std::string_view reference) const
{
    if (const auto known = ids_.find(reference); known != ids_.end())
        return known->second;
    const std::size_t hash = reference.find('#');
    if (hash == std::string_view::npos)
        return nullptr;
    const json::value* base = &document_;
    if (hash > 0)
    {
        const auto known = ids_.find(reference.substr(0, hash));
        if (known == ids_.end())
            return nullptr;
        base = known->second;
    }
    boost::system::error_code error;
    const json::value* const found =
        base->find_pointer(unescaped(reference.substr(hash + 1)), error);
    return error ? nullptr : found;
}

} // namespace fields_package
