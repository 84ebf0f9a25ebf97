// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "framing.hpp"
#include "separated.hpp"
#include "values.hpp"

#include "../reading/bad_parts.hpp"
#include "../reading/decode.hpp"
#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_package
{
namespace
{

namespace json = penstock::json;

// A list that is longer is read element by element, so that one element at a time takes the memory
// of values.
constexpr std::size_t longest_whole = std::size_t{256} << 10;

std::string_view name_of(json::kind kind)
{
    switch (kind)
    {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a truth value";
    case json::kind::string: return "a text";
    case json::kind::array: return "a list";
    case json::kind::object: return "an object";
    default: return "a number";
    }
}

std::string no_object(const penstock::json_text& text, std::string_view expected)
{
    return std::string("is ").append(name_of(text.kind())) + "; " + std::string(expected) +
           " was expected";
}

// What is wrong, without the place, which is counted within one document here.
std::string without_place(const penstock::json_error& error)
{
    const std::string_view what = error.what();
    const std::size_t end = what.find(": ");
    return std::string(end == std::string_view::npos ? what : what.substr(end + 2));
}

constexpr reading::bad_parts::joints as_lines{"", "\n", "\n"};
constexpr reading::bad_parts::joints as_records{"\x1e", "\n\x1e", "\n"}; // RFC 7464, 2.2
constexpr reading::bad_parts::joints as_list{"[", ",", "]"};

// Checks a part of a body.
struct checked_part
{
    const penstock::bytes& body;
    const penstock::json_options& options;

    penstock::json_text operator()(std::size_t offset, std::size_t count) const
    {
        return penstock::json_text(body.slice(offset, count), options);
    }
};

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out", "One packet for each object."};
    penstock::parameter<std::string> format{
        *this, "format", "auto",
        "How a body is read: as one document, as one document a line, as documents one behind the "
        "other, as a sequence (RFC 7464), or as its media type says.",
        penstock::choices{"auto", "document", "lines", "concatenated", "sequence"}};
    penstock::parameter<std::string> big_integers{
        *this, "big_integers", "text",
        "What becomes of integers beyond 64 bits: a text of their digits where a component looks "
        "at one, while others are written as they came, or a failed document.",
        penstock::choices{"text", "refuse"}};
    penstock::parameter<std::string> invalid{*this, "invalid", "refuse",
                                             "What becomes of half a surrogate pair, and of bytes "
                                             "that are no UTF-8: a failed document, or "
                                             "U+FFFD in its place.",
                                             penstock::choices{"refuse", "replace"}};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in application/x-log."};
    penstock::parameter<std::int64_t> depth{
        *this, "depth", 64, "How deep a document may be nested.", penstock::range{1, 1024}};
    penstock::parameter<std::int64_t> members{
        *this, "members", 65'536, "The most members of an object.", penstock::range{1, 1'000'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{256 << 20},
        "About how much memory the values of one document may take."};
    penstock::parameter<std::int64_t> bad_documents{
        *this, "bad_documents", 10'000,
        "How many bad documents of a body become a dead letter each. Those beyond become one "
        "together.",
        penstock::range{0, 1e9}};
    penstock::accepts types{*this,
                            {"application/json", "application/x-ndjson", "application/ndjson",
                             "application/jsonl", "application/x-jsonlines", "application/json-seq",
                             "application/*+json"},
                            further_types,
                            penstock::triggers::taken};

    void check(penstock::problems& found) const override
    {
        reading::check_media_types(found, further_types);
    }

    // Half a surrogate pair costs its document alone, and so is let in.
    std::optional<penstock::json_options> json_body(std::string_view mimetype) const override
    {
        if (framing_of(*format, mimetype) != framing::document)
            return std::nullopt;
        penstock::json_options expected = options();
        if (expected.invalid == penstock::invalid_text::refuse)
            expected.invalid = penstock::invalid_text::replace_surrogates;
        return expected;
    }

    [[nodiscard]] penstock::json_options options() const
    {
        return {.depth = static_cast<std::size_t>(*depth),
                .members = static_cast<std::size_t>(*members),
                .memory = static_cast<std::size_t>(*memory),
                .big = *big_integers == "refuse" ? penstock::big_integer::refuse
                                                 : penstock::big_integer::as_text,
                .duplicates = penstock::duplicate_key::last_wins,
                .invalid = *invalid == "replace" ? penstock::invalid_text::replace
                                                 : penstock::invalid_text::refuse};
    }

    void start() override { options_ = options(); }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (is_trigger(*packet))
                out.send(std::move(*packet));
            else if (std::string wrong = reading::decode(*packet, "utf-8"); !wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else
                read_body(std::move(*packet));
        }
    }

    static bool is_trigger(const penstock::packet& packet)
    {
        if (!packet.data().empty())
            return false;
        const json::value* method = packet.find_meta("requestmethod");
        return method == nullptr || (*method != "POST" && *method != "PUT");
    }

    void read_body(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        switch (framing_of(*format, body.meta_text("mimetype").value_or(std::string_view())))
        {
        case framing::lines:
            return read_each(std::move(body), data, separated::lines(data.view()), "line", as_lines,
                             checked_part{data, options_});
        case framing::concatenated:
            return read_each(std::move(body), data, values::of_body(data.view()), "document",
                             as_lines, checked_part{data, options_});
        case framing::sequence:
            return read_each(std::move(body), data, separated::records(data.view()), "document",
                             as_records, checked_part{data, options_});
        case framing::document: break;
        }
        if (is_list(data.view()))
            read_list(std::move(body));
        else
            read_document(std::move(body));
    }

    static bool is_list(std::string_view text) { return values::of_list(text).next().has_value(); }

    void read_document(penstock::packet body)
    {
        std::optional<penstock::json_text> document;
        std::string wrong;
        try
        {
            document.emplace(body.data(), options_);
        }
        catch (const penstock::json_error& error)
        {
            wrong = error.what();
        }
        if (!document)
            fail(std::move(body), std::move(wrong));
        else if (document->kind() == json::kind::object)
            send(std::move(body), *std::move(document));
        else if (document->kind() == json::kind::array) // an empty one
            drop(std::move(body));
        else
            fail(std::move(body), "the document " + no_object(*document, "an object or a list"));
    }

    // The whole must be JSON; then an element with text that is no Unicode fails alone.
    void read_list(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        if (const auto list = checked_list(data))
            return read_each(std::move(body), list->text(), values::of_list(list->text().view()),
                             "element", as_list,
                             [&](std::size_t offset, std::size_t count)
                             { return list->part(offset, count); });
        penstock::json_options whole = options_;
        whole.invalid = penstock::invalid_text::replace;
        std::string wrong;
        try
        {
            penstock::check_json(data.view(), whole);
        }
        catch (const penstock::json_error& error)
        {
            wrong = error.what();
        }
        if (wrong.empty())
            read_each(std::move(body), data, values::of_list(data.view()), "element", as_list,
                      checked_part{data, options_});
        else
            fail(std::move(body), std::move(wrong));
    }

    // Nothing of a list that is not accepted as it is, or is so long that its elements are better
    // checked one by one.
    std::optional<penstock::json_text> checked_list(const penstock::bytes& data)
    {
        if (data.size() > longest_whole)
            return std::nullopt;
        try
        {
            return penstock::json_text(data, options_);
        }
        catch (const penstock::json_error&)
        {
            return std::nullopt;
        }
    }

    // Reads each document that a walker finds in a text; `what` is what one is called.
    template <class Walker, class Read>
    void read_each(penstock::packet body, const penstock::bytes& text, Walker rest,
                   std::string_view what, const reading::bad_parts::joints& joints,
                   const Read& read)
    {
        auto part = rest.next();
        auto following = rest.next();
        if (!part)
            return drop(std::move(body));

        reading::numbering documents(body);
        reading::bad_parts bad(static_cast<std::size_t>(*bad_documents), text.size(), joints);
        const bool is_only = !following;
        const auto next = [&] { return is_only ? std::move(body) : documents.next(body); };
        for (; part; part = std::exchange(following, rest.next()))
        {
            std::optional<penstock::json_text> document;
            const std::string wrong = read_part(*part, what, read, document);
            if (wrong.empty())
                send(next(), *std::move(document));
            else
                fail_part(next, text.slice(part->offset, part->text.size()), bad,
                          std::string(what) + ' ' + std::to_string(part->number) + wrong);
        }
        fail_kept(std::move(body), bad);
    }

    // Returns what is wrong with a part that is no object; else nothing.
    template <class Read>
    static std::string read_part(const document_text& part, std::string_view what, const Read& read,
                                 std::optional<penstock::json_text>& document)
    {
        try
        {
            document.emplace(read(part.offset, part.text.size()));
        }
        catch (const penstock::json_error& error)
        {
            return (error.line() > 1 ? ", line " + std::to_string(error.line()) : "") +
                   ", column " + std::to_string(error.column()) + ": " + without_place(error);
        }
        if (document->kind() == json::kind::object)
            return {};
        return (what == "element" ? " " : ": ") + no_object(*document, "an object");
    }

    // A part that fails takes its own text along, so that it can be mended and replayed alone.
    template <class Next>
    void fail_part(const Next& next, const penstock::bytes& part, reading::bad_parts& bad,
                   std::string reason)
    {
        if (bad.keep(part.view(), reason))
            return;
        penstock::packet packet = next();
        packet.set_data(part);
        fail(std::move(packet), std::move(reason));
    }

    void fail_kept(penstock::packet body, reading::bad_parts& bad)
    {
        if (!bad.is_any_kept())
            return;
        body.set_data(penstock::bytes(bad.take_text()));
        fail(std::move(body), bad.take_reason());
    }

    void send(penstock::packet packet, const penstock::json_text& object)
    {
        packet.set_text_fields(object);
        packet.clear_data();
        out.send(std::move(packet));
    }

    penstock::json_options options_;
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads JSON bodies: an object, a list of objects, or an object a line.");

} // namespace json_package
