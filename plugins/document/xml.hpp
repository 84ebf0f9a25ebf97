// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace document_package
{

/// The error of a document that cannot be read, or that costs more than it may.
class document_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The elements of an XML file, as pugixml finds them. It knows neither external nor own entities:
/// `&name;` stays as it is, but for the five of XML.
class xml
{
public:
    /// Reads a file; errors begin with `name`. Throws document_error if it is broken, or if its
    /// elements would take more than `memory` bytes.
    xml(std::string text, const std::string& name, std::size_t memory);

    /// Reads some elements of a file, which begin at that place of it, likewise: root() has them as
    /// its children.
    xml(std::string text, const std::string& name, std::size_t memory, std::size_t place);
    xml(const xml&) = delete;
    xml& operator=(const xml&) = delete;

    /// The outermost element.
    [[nodiscard]] pugi::xml_node root() const
    {
        const pugi::xml_node all = document_;
        return is_whole_ ? document_.document_element() : all;
    }

private:
    void read(const std::string& name, std::size_t memory, std::size_t place);

    bool is_whole_;
    std::string text_; // which the elements refer to
    pugi::xml_document document_;
};

/// A name without its prefix.
[[nodiscard]] std::string_view local_name(const char* name);

/// The same of an element; empty of a text.
[[nodiscard]] inline std::string_view local_name(pugi::xml_node node)
{
    return local_name(node.name());
}

/// Returns the first child with that name, whatever its prefix; null if there is none.
[[nodiscard]] pugi::xml_node child_of(pugi::xml_node node, std::string_view name);

/// Returns the value of the attribute with that name; of several, the one with a prefix. Empty if
/// there is none.
[[nodiscard]] std::string_view attribute_of(pugi::xml_node node, std::string_view name);

/// Walks over a node and all below it, in order, without recursion: calls `enter` for each node,
/// and for those of which it returns true, `leave` behind their children.
template <class Enter, class Leave>
void walk_xml(pugi::xml_node root, const Enter& enter, const Leave& leave)
{
    for (pugi::xml_node node = root;;)
    {
        if (enter(node))
        {
            if (const pugi::xml_node child = node.first_child())
            {
                node = child;
                continue;
            }
            leave(node);
        }
        while (node != root && !node.next_sibling())
        {
            node = node.parent();
            leave(node);
        }
        if (node == root)
            return;
        node = node.next_sibling();
    }
}

/// Returns all text in a node.
[[nodiscard]] std::string text_in(pugi::xml_node node);

} // namespace document_package
