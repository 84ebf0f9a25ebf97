// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "encoding.hpp"
#include "record_path.hpp"
#include "records.hpp"
#include "values.hpp"

#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"
#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace xml_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each record, with a field for each attribute and each name "
        "of elements in it, and meta record, counted from 1."};
    penstock::parameter<std::string> record{
        *this,
        "record",
        "",
        "The elements that are records: NAME, NAME/NAME, or from the outermost one /NAME/NAME. * "
        "is "
        "any name; a name without a prefix fits one with any. What is within a record is none. If "
        "empty, the outermost element is the only one.",
        penstock::example{"item"},
        penstock::example{"/catalog/book"}};
    penstock::parameter<std::string> attribute{
        *this, "attribute", "@",
        "What stands before the name of an attribute, so that it is told from an element."};
    penstock::parameter<std::string> text{
        *this, "text", "text",
        "What the text of an element is called that has attributes or elements too, or is a "
        "record."};
    penstock::parameter<std::string> space{
        *this, "space", "trim", "What becomes of white space at the begin and end of texts.",
        penstock::choices{"trim", "keep"}};
    penstock::parameter<std::string> whole{
        *this, "xml", "",
        "A field that gets the record as it stands in the body, for xml/map. If empty, none does.",
        penstock::example{"xml"}};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of bodies that tell theirs neither by media type and byte order mark nor in "
        "the XML declaration."};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in application/rdf+xml."};
    penstock::parameter<std::uint32_t> depth{*this, "depth", 64, "How deep elements may be nested.",
                                             penstock::range{1, 128}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{64 << 20},
        "About how much memory the elements of one record may take.", penstock::range{1, 1e12}};
    penstock::parameter<std::int64_t> most{*this, "records", 10'000'000,
                                           "The most records of a body.", penstock::range{1, 1e12}};
    penstock::accepts types{*this, {"application/xml", "text/xml"}, further_types};

    void check(penstock::problems& found) const override
    {
        if (!record->empty())
            if (const std::string wrong = record_path::problem_of(*record); !wrong.empty())
                found.add(record, wrong);
        if (text->empty())
            found.add(text, "is empty; the name of a field was expected");
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
        reading::check_media_types(found, further_types);
    }

    void start() override
    {
        const record_path path = record->empty() ? record_path() : record_path(*record);
        options_.is_record = [path](const std::vector<std::string>& names)
        { return path.fits(names); };
        options_.bounds = {.depth = *depth,
                           .memory = static_cast<std::size_t>(*memory),
                           .records = static_cast<std::size_t>(*most)};
        names_ = {.attribute = *attribute, .text = *text, .trims = *space == "trim"};
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
                out.send(std::move(*packet));
            else if (std::string wrong = decode(*packet, *default_charset); !wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else
                read_body(std::move(*packet));
        }
    }

    // All of a body is looked at before the first record goes on, so that one that is broken fails
    // as it is, and what it has comes once when it is mended.
    void read_body(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        std::size_t count = 0;
        std::string wrong;
        try
        {
            count = records::count(data.view(), options_);
        }
        catch (const xml_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            return fail(std::move(body), std::move(wrong));
        if (count == 0)
            return drop(std::move(body));
        reading::numbering documents(body);
        records rest(data.view(), options_);
        for (std::size_t number = 1; rest.next(); ++number)
            read_record(count == 1 ? std::move(body) : documents.next(body), rest, number);
    }

    void read_record(penstock::packet packet, const records& from, std::size_t number)
    {
        std::optional<json::object> fields = object_of(from.element(), names_);
        packet.set_meta("record", number);
        if (!fields)
        {
            packet.set_data(penstock::bytes(std::string(from.text())));
            return fail(std::move(packet),
                        from.place() + "too many names in one element with equal hashes; expected "
                                       "such as differ");
        }
        packet.set_fields(std::move(*fields));
        if (!whole->empty())
            packet.set(*whole, from.text());
        packet.clear_data();
        out.send(std::move(packet));
    }

    reading_options options_;
    value_names names_;
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads XML bodies: the whole document, or a packet for each element that is a record.");

} // namespace xml_package
