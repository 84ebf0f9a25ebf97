// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../packets/data_alone.hpp"
#include "../writing/document_writer.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/sdk.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace xml_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t deepest = 64;

// Names in ASCII as XML 1.0, 2.3 has them; what is not ASCII may stand in any.
bool is_name(std::string_view name)
{
    const auto may_begin = [](char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    if (name.empty() || !may_begin(name.front()) || !penstock::detail::is_utf8(name))
        return false;
    for (const char c : name)
        if (!may_begin(c) && !(c >= '0' && c <= '9') && c != '-' && c != '.')
            return false;
    return true;
}

void append_text(std::string& to, std::string_view text, bool is_attribute)
{
    const std::string repaired =
        penstock::detail::is_utf8(text) ? std::string() : penstock::detail::repaired_utf8(text);
    for (const char c : repaired.empty() ? text : std::string_view(repaired))
        switch (c)
        {
        case '&': to += "&amp;"; break;
        case '<': to += "&lt;"; break;
        case '>': to += "&gt;"; break;
        case '"': to += is_attribute ? "&quot;" : "\""; break;
        case '\r': to += "&#13;"; break; // which readers take for a line end otherwise
        case '\n': to += is_attribute ? "&#10;" : "\n"; break;
        case '\t': to += is_attribute ? "&#9;" : "\t"; break;
        default:
            if (static_cast<unsigned char>(c) < ' ')
                to += "\xef\xbf\xbd"; // which no document may have
            else
                to += c;
        }
}

std::string text_of(const json::value& value)
{
    if (const json::string* text = value.if_string())
        return std::string(*text);
    return value.is_null() ? std::string() : penstock::write_json(value);
}

class write final : public writing::document_writer
{
    penstock::parameter<std::string> root{*this, "root", "records",
                                          "The name of the outermost element."};
    penstock::parameter<std::string> record{
        *this, "record", "record",
        "The name of the element of a packet. If empty, a packet is the outermost element itself, "
        "and each is in a document of its own."};
    penstock::parameter<std::string> attribute{
        *this, "attribute", "@",
        "What the name of a field begins with that becomes an attribute. If empty, none does."};
    penstock::parameter<std::string> text{*this, "text", "text",
                                          "The field that becomes the text of the element itself."};

    void check(penstock::problems& found) const override
    {
        if (!is_name(*root))
            found.add(root, "is no name of an element; one as records was expected");
        if (!record->empty() && !is_name(*record))
            found.add(record, "is no name of an element; one as record was expected");
    }

    [[nodiscard]] bool has_one_each() const override { return record->empty(); }

    [[nodiscard]] bool is_written(const penstock::packet& packet) const override
    {
        return packet.field_count() != 0 || !packet.data().empty();
    }

    void begin(std::string& document, const penstock::packet& /*first*/) override
    {
        document += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        if (!record->empty())
            document.append("<").append(*root).append(">\n");
    }

    void add(std::string& document, const penstock::packet& packet, std::size_t /*before*/) override
    {
        if (packets::is_data_alone(packet))
            throw std::invalid_argument(packets::needs_fields);
        append_object(document, record->empty() ? *root : *record, packet.fields(), 0);
        document += '\n';
    }

    void finish(std::string& document) override
    {
        if (!record->empty())
            document.append("</").append(*root).append(">\n");
    }

    void describe(penstock::packet& document) const override
    {
        document.set_meta("mimetype", std::string_view("application/xml"));
        document.set_meta("charset", std::string_view("utf-8"));
    }

    [[nodiscard]] bool is_attribute(std::string_view name) const
    {
        return !attribute->empty() && name.starts_with(*attribute) && name != *text;
    }

    void append_object(std::string& to, std::string_view name, const json::object& object,
                       std::size_t depth) const
    {
        if (depth == deepest)
            throw std::invalid_argument("is nested deeper than 64; fewer were expected");
        to.append("<").append(name);
        for (const auto& each : object)
            if (is_attribute(each.key()))
                append_attribute(to, std::string_view(each.key()), each.value());
        to += '>';
        if (const json::value* own = object.if_contains(*text))
            append_own_text(to, *own);
        for (const auto& each : object)
            if (!is_attribute(each.key()) && each.key() != *text)
                append_member(to, std::string_view(each.key()), each.value(), depth);
        to.append("</").append(name).append(">");
    }

    void append_attribute(std::string& to, std::string_view field, const json::value& value) const
    {
        const std::string_view name = field.substr(attribute->size());
        if (!is_name(name))
            throw std::invalid_argument("field \"" + std::string(field) +
                                        "\": is no name of an attribute; one was expected");
        if (value.is_structured())
            throw std::invalid_argument("field \"" + std::string(field) +
                                        "\": has several values; an attribute has one");
        to.append(" ").append(name).append("=\"");
        append_text(to, text_of(value), true);
        to += '"';
    }

    void append_own_text(std::string& to, const json::value& value) const
    {
        if (value.is_structured())
            throw std::invalid_argument("field \"" + *text +
                                        "\": has several values; the text of an element is one");
        append_text(to, text_of(value), false);
    }

    // Each value of a list is an element. A list in a list is an element with others of that name.
    void append_member(std::string& to, std::string_view name, const json::value& value,
                       std::size_t depth) const
    {
        if (!is_name(name))
            throw std::invalid_argument("field \"" + std::string(name) +
                                        "\": is no name of an element; one was expected");
        if (const json::array* list = value.if_array())
        {
            for (const json::value& each : *list)
                append_value(to, name, each, depth);
            return;
        }
        append_value(to, name, value, depth);
    }

    void append_value(std::string& to, std::string_view name, const json::value& value,
                      std::size_t depth) const
    {
        if (const json::object* object = value.if_object())
            return append_object(to, name, *object, depth + 1);
        if (value.is_array())
            return append_object(to, name, json::object{{name, value}}, depth + 1);
        to.append("<").append(name).append(">");
        append_text(to, text_of(value), false);
        to.append("</").append(name).append(">");
    }
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<write>(
    "write", penstock::category::op,
    "Writes packets as XML: an element for each, within one for the document.");

} // namespace xml_package
