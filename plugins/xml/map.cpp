// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "encoding.hpp"
#include "mapping.hpp"
#include "records.hpp"

#include "../packets/order_to_delete.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xml_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_path = 4096;

std::optional<selection> selection_called(std::string_view mode)
{
    if (mode == "first")
        return selection::first;
    if (mode == "all")
        return selection::all;
    return mode == "join" ? std::optional(selection::join) : std::nullopt;
}

class map final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{
        *this, "out",
        "The packets with their new fields; with record, a packet for each record, "
        "with meta record, counted from 1."};
    penstock::parameter<json::object> fields{
        *this, "fields", penstock::no_default,
        "The fields to set, each with an expression of XPath 1.0, or an object of path and mode: "
        "first sets the text of the first node that is selected, all one value for each, join "
        "their "
        "texts with blanks between them. A text has single blanks for its white space. Numbers, "
        "truth values and texts that an expression gives are set as they are. If nothing is "
        "selected, the field is not set.",
        penstock::example{
            json::object{{"title", "title"},
                         {"authors", json::object{{"path", "author/name"}, {"mode", "all"}}}}}};
    penstock::parameter<std::string> record{
        *this, "record", "",
        "An expression that selects the elements that are records; the others begin there. If "
        "empty, they begin at the document.",
        penstock::example{"/catalog/book"}};
    penstock::parameter<std::string> field{*this, "field", "xml",
                                           "The field that has the XML. If empty, it is the data."};
    penstock::parameter<bool> keep{*this, "keep", false,
                                   "Whether the XML stays in the packets behind it."};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of data that tells its own neither by media type and byte order mark nor in "
        "the XML declaration. Fields are texts already."};
    penstock::parameter<std::uint32_t> depth{*this, "depth", 64, "How deep elements may be nested.",
                                             penstock::range{1, 128}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{64 << 20},
        "About how much memory the elements of one document may take.", penstock::range{1, 1e12}};

    void check(penstock::problems& found) const override
    {
        if (fields->empty())
            found.add(fields, "has no members; names of fields with expressions were expected");
        for (const auto& each : *fields)
        {
            const std::string where = "fields/" + std::string(each.key());
            if (each.key().empty())
                found.add(where, "has no name; the name of a field was expected");
            check_field(found, where, each.value());
        }
        if (!record->empty())
            if (const std::string wrong = problem_of(*record); !wrong.empty())
                found.add(record, wrong);
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
    }

    static void check_field(penstock::problems& found, const std::string& where,
                            const json::value& told)
    {
        const json::object* const object = told.if_object();
        for (const auto& member : object == nullptr ? json::object() : *object)
            if (member.key() != "path" && member.key() != "mode")
                found.add(where,
                          "has \"" + std::string(member.key()) + "\"; path and mode were expected");
        const json::value* const path = object == nullptr ? &told : object->if_contains("path");
        const json::value* const mode = object == nullptr ? nullptr : object->if_contains("mode");
        if (mode != nullptr && (!mode->is_string() || !selection_called(mode->get_string())))
            found.add(where, "has an unknown mode; first, all or join was expected");
        if (path == nullptr || !path->is_string())
            return found.add(where, "has no path; an expression of XPath 1.0 was expected");
        if (const std::string wrong = problem_of(std::string(path->get_string())); !wrong.empty())
            found.add(where, wrong);
    }

    static std::string problem_of(const std::string& path)
    {
        if (path.size() > longest_path)
            return "is longer than 4096 bytes; a shorter expression was expected";
        return problem_of_path(path);
    }

    void start() override
    {
        std::vector<mapped_field> mapped;
        for (const auto& each : *fields)
        {
            const json::object* const object = each.value().if_object();
            const json::value& path = object == nullptr ? each.value() : object->at("path");
            const json::value* const mode =
                object == nullptr ? nullptr : object->if_contains("mode");
            mapped.push_back(
                {std::string(each.key()), std::string(path.as_string()),
                 mode == nullptr ? selection::first : *selection_called(mode->as_string())});
        }
        penstock::blocking([&] { mapping_.emplace(*record, mapped); });
        options_.is_record = [](const std::vector<std::string>& names)
        { return names.size() == 1; };
        options_.bounds = {.depth = *depth, .memory = static_cast<std::size_t>(*memory)};
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (packets::is_order_to_delete(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            std::string wrong;
            std::vector<std::vector<mapped_value>> found;
            try
            {
                found = read(*packet);
            }
            catch (const std::runtime_error& error)
            {
                wrong = error.what();
            }
            if (wrong.empty())
                send(std::move(*packet), std::move(found));
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }

    std::vector<std::vector<mapped_value>> read(penstock::packet& from)
    {
        const std::string where = field->empty() ? "data: " : "field \"" + *field + "\": ";
        std::string_view text;
        if (field->empty())
        {
            if (const std::string wrong = decode(from, *default_charset); !wrong.empty())
                throw std::runtime_error(where + wrong);
            text = from.data().view();
        }
        else
        {
            const auto found = from.find_text(*field);
            if (!found)
                throw std::runtime_error(where + "is no text; XML was expected");
            text = *found;
        }
        try
        {
            return penstock::blocking([&] { return apply(text); });
        }
        catch (const xml_error& error)
        {
            throw std::runtime_error(where + error.what());
        }
    }

    std::vector<std::vector<mapped_value>> apply(std::string_view text) const
    {
        records document(text, options_);
        (void)document.next();
        (void)document.next(); // what is behind the outermost element may be wrong
        return mapping_->apply(document.element().parent());
    }

    void send(penstock::packet packet, std::vector<std::vector<mapped_value>> found)
    {
        if (!*keep && field->empty())
            packet.clear_data();
        else if (!*keep)
            packet.erase(*field);
        if (record->empty())
        {
            set(packet, std::move(found.front()));
            return out.send(std::move(packet));
        }
        if (found.empty())
            return drop(std::move(packet));
        for (std::size_t n = 0; n < found.size(); ++n)
        {
            penstock::packet each = packet.clone();
            each.set_meta("record", n + 1);
            if (const auto id = packet.meta_text("id"); id && !id->empty() && found.size() > 1)
                each.set_meta("id", std::string(*id) + '.' + std::to_string(n + 1));
            set(each, std::move(found[n]));
            out.send(std::move(each));
        }
    }

    static void set(penstock::packet& packet, std::vector<mapped_value> values)
    {
        for (mapped_value& each : values)
            if (each.several)
                packet.set_values(each.name, std::move(each.value.get_array()));
            else
                packet.set(each.name, std::move(each.value));
    }

    reading_options options_;
    std::optional<mapping> mapping_;
};

} // namespace

extern constinit const penstock::component_entry map_entry =
    penstock::component_of<map>("map", penstock::category::transformer,
                                "Sets fields to what expressions of XPath 1.0 select in XML.");

} // namespace xml_package
