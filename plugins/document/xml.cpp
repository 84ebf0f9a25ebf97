// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "xml.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <utility>

namespace document_package
{

namespace
{

// What pugixml takes for a node and for an attribute.
constexpr std::size_t node_bytes = 64;
constexpr std::size_t attribute_bytes = 40;

// Whether a node is made for what begins at a `<`.
bool begins_node(std::string_view rest)
{
    if (rest.size() < 2 || rest[1] == '/' || rest[1] == '?')
        return false;
    return rest[1] != '!' || rest.starts_with("<![CDATA[");
}

// At most what the elements of a text take.
std::size_t memory_of(std::string_view text)
{
    std::size_t nodes = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    {
        nodes += begins_node(text.substr(at, 9)) ? 1 : 0;
        nodes += at > 0 && text[at - 1] != '>' ? 1 : 0; // a text before it
    }
    const auto attributes = static_cast<std::size_t>(std::ranges::count(text, '='));
    return nodes * node_bytes + attributes * attribute_bytes;
}

} // namespace

xml::xml(std::string text, const std::string& name, std::size_t memory)
    : is_whole_(true), text_(std::move(text))
{
    read(name, memory, 0);
}

xml::xml(std::string text, const std::string& name, std::size_t memory, std::size_t place)
    : is_whole_(false), text_(std::move(text))
{
    read(name, memory, place);
}

void xml::read(const std::string& name, std::size_t memory, std::size_t place)
{
    if (memory_of(text_) > memory)
        throw document_error(name + ": takes more memory than " + std::to_string(memory) +
                             " bytes; a smaller document was expected");
    const unsigned int how =
        pugi::parse_default | pugi::parse_ws_pcdata | (is_whole_ ? 0U : pugi::parse_fragment);
    const pugi::xml_encoding encoding = is_whole_ ? pugi::encoding_auto : pugi::encoding_utf8;
    const pugi::xml_parse_result result =
        document_.load_buffer_inplace(text_.data(), text_.size(), how, encoding);
    if (result.status == pugi::status_out_of_memory)
        throw std::bad_alloc();
    if (!result)
        throw document_error(name + ": byte " +
                             std::to_string(place + static_cast<std::size_t>(result.offset)) +
                             ": is broken: " + result.description() + "; XML was expected");
}

std::string_view local_name(const char* name)
{
    const std::string_view whole = name;
    return whole.substr(whole.find(':') + 1);
}

pugi::xml_node child_of(pugi::xml_node node, std::string_view name)
{
    for (const pugi::xml_node each : node.children())
        if (local_name(each) == name)
            return each;
    return {};
}

std::string_view attribute_of(pugi::xml_node node, std::string_view name)
{
    std::string_view found;
    for (const pugi::xml_attribute each : node.attributes())
        if (local_name(each.name()) == name)
        {
            found = each.value();
            if (found.data() != nullptr && std::string_view(each.name()).size() > name.size())
                return found;
        }
    return found;
}

std::string text_in(pugi::xml_node node)
{
    std::string text;
    if (!node)
        return text;
    walk_xml(
        node,
        [&](pugi::xml_node each)
        {
            text += each.type() == pugi::node_pcdata || each.type() == pugi::node_cdata
                        ? each.value()
                        : "";
            return true;
        },
        [](pugi::xml_node) {});
    return penstock::detail::repaired_utf8(text);
}

} // namespace document_package
