// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "documents.hpp"

#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"
#include "../reading/trigger.hpp"
#include "../xml/encoding.hpp"
#include "../xml/node_text.hpp"
#include "../xml/records.hpp"

#include <penstock/sdk.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace solr_package
{
namespace
{

namespace json = penstock::json;
using xml_package::records;

// `add/doc`, `delete/id` and `delete/query`, alone or within `update`.
bool is_change(const std::vector<std::string>& names)
{
    const std::size_t begin = names.front() == "update" ? 1 : 0;
    if (names.size() != begin + 2)
        return false;
    const std::string& what = names.back();
    return (names[begin] == "add" && what == "doc") ||
           (names[begin] == "delete" && (what == "id" || what == "query"));
}

bool is_update(std::string_view root)
{
    for (const std::string_view each :
         {"add", "delete", "update", "commit", "optimize", "rollback"})
        if (root == each)
            return true;
    return false;
}

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Updates, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each document, with its fields, and one for each id to delete: an order to "
        "delete, with meta requestmethod DELETE and id. What an update says of commits is passed "
        "over. A boost is meta of its field, or of the packet."};
    penstock::parameter<std::string> id{
        *this, "id", "id",
        "The field that identifies a document, whose text becomes meta id. A document without it "
        "has the id of its body with its number."};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of bodies that tell theirs neither by media type and byte order mark nor in "
        "the XML declaration."};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in application/x-solr."};
    penstock::parameter<std::uint32_t> depth{*this, "depth", 64, "How deep elements may be nested.",
                                             penstock::range{1, 128}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{64 << 20},
        "About how much memory the elements of one document may take.", penstock::range{1, 1e12}};
    penstock::parameter<std::int64_t> most{*this, "documents", 10'000'000,
                                           "The most documents and orders of a body.",
                                           penstock::range{1, 1e12}};
    penstock::accepts types{*this, {"application/xml", "text/xml"}, further_types};

    void check(penstock::problems& found) const override
    {
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
        reading::check_media_types(found, further_types);
    }

    void start() override
    {
        options_.is_record = [this](const std::vector<std::string>& names)
        {
            if (names.size() == 1)
                root_ = names.front();
            return is_change(names);
        };
        options_.bounds = {.depth = *depth,
                           .memory = static_cast<std::size_t>(*memory),
                           .records = static_cast<std::size_t>(*most)};
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
                out.send(std::move(*packet));
            else if (std::string wrong = xml_package::decode(*packet, *default_charset);
                     !wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else
                read_body(std::move(*packet));
        }
    }

    // All of a body is looked at before the first document goes on, as in xml/read.
    void read_body(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        std::size_t count = 0;
        std::string wrong;
        try
        {
            count = records::count(data.view(), options_);
            if (!is_update(root_))
                wrong = "the outermost element is " + root_ +
                        "; add, delete, update, commit, optimize or rollback was expected";
        }
        catch (const xml_package::xml_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            return fail(std::move(body), std::move(wrong));
        if (count == 0)
            return drop(std::move(body));
        reading::numbering documents(body);
        records rest(data.view(), options_);
        while (rest.next())
            read_change(count == 1 ? std::move(body) : documents.next(body), rest);
    }

    // What fails takes along all that is needed to replay it alone.
    void read_change(penstock::packet packet, const records& from)
    {
        const std::string around = from.path()[from.path().size() - 2];
        std::string wrong;
        try
        {
            read_change(packet, from.element());
        }
        catch (const document_error& error)
        {
            wrong = from.place() + error.what();
        }
        if (wrong.empty())
        {
            packet.clear_data();
            return out.send(std::move(packet));
        }
        packet.set_data(
            penstock::bytes("<" + around + ">" + std::string(from.text()) + "</" + around + ">"));
        fail(std::move(packet), std::move(wrong));
    }

    void read_change(penstock::packet& packet, pugi::xml_node element) const
    {
        const std::string_view what = element.name();
        if (what == "query")
            throw document_error("deletes what a query finds; an id was expected");
        if (what == "id")
        {
            packet.set_fields({});
            packet.set_meta("requestmethod", std::string_view("DELETE"));
            packet.set_meta("id", xml_package::text_in(element));
            return;
        }
        document found = read_document(element);
        packet.set_fields(std::move(found.fields));
        for (const auto& [name, boost] : found.boosts)
            if (std::isfinite(boost))
                packet.set_field_meta(name, "boost", boost);
        if (found.boost != 1 && std::isfinite(found.boost))
            packet.set_meta("boost", found.boost);
        if (const auto text = packet.find_text(*id); text && !text->empty())
            packet.set_meta("id", std::string(*text));
    }

    xml_package::reading_options options_;
    std::string root_; // of the body at hand
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads updates of Solr in XML: documents to add, and ids to delete.");

} // namespace solr_package
