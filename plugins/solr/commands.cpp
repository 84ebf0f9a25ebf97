// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "commands.hpp"

#include <stdexcept>

namespace solr_package
{

namespace json = penstock::json;

namespace
{

class command_writer
{
public:
    command_writer(std::string& to, const document_form& form) : to_(to), form_(form) {}

    void write_document(const change& from)
    {
        to_ += "\"add\":{\"doc\":{";
        write_text(form_.key);
        to_ += ':';
        write_text(from.id);
        for (const auto& each : from.source->fields())
            if (each.key() != form_.key && !each.value().is_null())
            {
                to_ += ',';
                write_text(each.key());
                to_ += ':';
                name_ = each.key();
                write_field(each.value());
            }
        to_ += "}}";
    }

    void write_order(const change& from)
    {
        to_ += "\"delete\":{\"id\":";
        write_text(from.id);
        to_ += '}';
    }

private:
    void write_text(std::string_view text) { penstock::write_json(json::value(text), to_); }

    void write_field(const json::value& value)
    {
        const json::array* const list = value.if_array();
        if (list == nullptr)
            return write_value(value);
        to_ += '[';
        bool is_first = true;
        for (const json::value& each : *list)
        {
            if (each.is_null())
                continue;
            if (!is_first)
                to_ += ',';
            is_first = false;
            write_value(each);
        }
        to_ += ']';
    }

    // Solr takes an object for a change of the field, or for a document.
    void write_value(const json::value& value)
    {
        if (!value.is_structured())
            return penstock::write_json(value, to_);
        if (!form_.objects_are_texts)
            throw std::invalid_argument("field \"" + std::string(name_) + "\": is " +
                                        (value.is_array() ? "a list in a list" : "an object") +
                                        "; a text, a number or a list of them was expected");
        write_text(penstock::write_json(value));
    }

    std::string& to_;
    const document_form& form_;
    std::string_view name_; // of the field at hand
};

} // namespace

std::string write_commands(std::vector<change>& changes, const document_form& form)
{
    std::string commands;
    command_writer writer(commands, form);
    for (change& each : changes)
    {
        const std::size_t before = commands.size();
        if (!commands.empty())
            commands += ',';
        each.begin = commands.size();
        try
        {
            if (each.deletes)
                writer.write_order(each);
            else
                writer.write_document(each);
        }
        catch (const std::invalid_argument& error) // or a number that JSON cannot hold
        {
            each.wrong = error.what();
            commands.resize(before);
        }
        each.end = commands.size();
    }
    return commands;
}

std::string body_of(std::string_view commands, std::span<const change> changes)
{
    const std::size_t begin = changes.front().begin;
    return "{" + std::string(commands.substr(begin, changes.back().end - begin)) + "}";
}

} // namespace solr_package
