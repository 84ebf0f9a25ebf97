// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "lines.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace json_package
{
namespace
{

namespace json = penstock::json;

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

std::string no_object(const json::value& value, std::string_view expected)
{
    return std::string("is ").append(name_of(value.kind())) + "; " + std::string(expected) +
           " was expected";
}

// What is wrong, without the place, which is counted within one line here.
std::string without_place(const penstock::json_error& error)
{
    const std::string_view what = error.what();
    const std::size_t end = what.find(": ");
    return std::string(end == std::string_view::npos ? what : what.substr(end + 2));
}

// Numbers the documents of one body, so that each has an id of its own when the body has one.
class numbering
{
public:
    explicit numbering(const penstock::packet& body)
    {
        const json::value* id = body.find_meta("id");
        if (id != nullptr && id->is_string() && !id->get_string().empty())
            prefix_ = std::string(id->get_string()) + ".";
    }

    penstock::packet next(const penstock::packet& body)
    {
        penstock::packet document = body.derive();
        ++count_;
        if (!prefix_.empty())
            document.set_meta("id", prefix_ + std::to_string(count_));
        return document;
    }

private:
    std::string prefix_;
    std::size_t count_ = 0;
};

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out", "One packet for each object."};
    penstock::accepts types{*this,
                            {"application/json", "application/x-ndjson", "application/ndjson",
                             "application/jsonl", "application/x-jsonlines", "application/ld+json",
                             "application/geo+json", "application/vnd.api+json"},
                            penstock::triggers::taken};
    penstock::parameter<std::string> format{
        *this, "format", "auto",
        "How a body is read: as one document, as one document a line, or as its media type says.",
        penstock::choices{"auto", "document", "lines"}};
    penstock::parameter<std::string> big_integers{
        *this, "big_integers", "text",
        "What becomes of integers beyond 64 bits: a text of their digits, or a failed document.",
        penstock::choices{"text", "refuse"}};

    void start() override
    {
        options_.big = *big_integers == "refuse" ? penstock::big_integer::refuse
                                                 : penstock::big_integer::as_text;
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (is_trigger(*packet))
                out.send(std::move(*packet));
            else if (std::string wrong = decode(*packet); !wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else if (has_lines(*packet))
                read_lines(std::move(*packet));
            else
                read_document(std::move(*packet));
        }
    }

    static bool is_trigger(const penstock::packet& packet)
    {
        if (!packet.data().empty())
            return false;
        const json::value* method = packet.find_meta("requestmethod");
        return method == nullptr || (*method != "POST" && *method != "PUT");
    }

    // Makes a body in another encoding one in UTF-8; returns what is wrong with it.
    static std::string decode(penstock::packet& body)
    {
        const json::value* named = body.find_meta("charset");
        const penstock::bytes data = body.data();
        const std::string charset =
            penstock::charset_of(data.view(), named != nullptr && named->is_string()
                                                  ? std::string_view(named->get_string())
                                                  : std::string_view("utf-8"));
        if (charset == "utf-8" || charset == "utf8" || charset == "us-ascii")
            return {};
        try
        {
            body.set_data(penstock::bytes(penstock::to_utf8(data.view(), charset)));
            body.set_meta("charset", "utf-8");
            return {};
        }
        catch (const penstock::charset_error& error)
        {
            return error.what();
        }
    }

    bool has_lines(const penstock::packet& packet) const
    {
        if (*format != "auto")
            return *format == "lines";
        const json::value* type = packet.find_meta("mimetype");
        return type != nullptr &&
               (*type == "application/x-ndjson" || *type == "application/ndjson" ||
                *type == "application/jsonl" || *type == "application/x-jsonlines");
    }

    void read_document(penstock::packet body)
    {
        json::value document;
        std::string wrong;
        try
        {
            document = penstock::parse_json(body.data().view(), options_);
        }
        catch (const penstock::json_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            fail(std::move(body), std::move(wrong));
        else if (json::object* object = document.if_object())
            send(std::move(body), std::move(*object));
        else if (json::array* array = document.if_array())
            send_each(std::move(body), *array);
        else
            fail(std::move(body), "the document " + no_object(document, "an object or a list"));
    }

    void send_each(penstock::packet body, json::array& elements)
    {
        if (elements.empty())
            return drop(std::move(body));
        if (elements.size() == 1)
            return send_element(std::move(body), 1, elements.front());
        numbering documents(body);
        std::size_t number = 0;
        for (json::value& element : elements)
            send_element(documents.next(body), ++number, element);
    }

    void send_element(penstock::packet packet, std::size_t number, json::value& element)
    {
        if (json::object* object = element.if_object())
            return send(std::move(packet), std::move(*object));
        packet.set_data(penstock::bytes(penstock::write_json(element)));
        fail(std::move(packet),
             "element " + std::to_string(number) + " " + no_object(element, "an object"));
    }

    void read_lines(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        lines rest(data.view());
        auto line = rest.next();
        auto following = rest.next();
        if (!line)
            return drop(std::move(body));
        if (!following)
            return read_line(std::move(body), data, *line);

        numbering documents(body);
        for (; line; line = std::exchange(following, rest.next()))
            read_line(documents.next(body), data, *line);
    }

    // A line that fails takes its own text along, so that it can be mended and replayed alone.
    void read_line(penstock::packet packet, const penstock::bytes& body, const lines::line& line)
    {
        json::value document;
        std::string wrong;
        try
        {
            document = penstock::parse_json(line.text, options_);
            if (!document.is_object())
                wrong = ": " + no_object(document, "an object");
        }
        catch (const penstock::json_error& error)
        {
            wrong = ", column " + std::to_string(error.column()) + ": " + without_place(error);
        }
        if (wrong.empty())
            return send(std::move(packet), std::move(document.get_object()));
        packet.set_data(body.slice(line.offset, line.text.size()));
        fail(std::move(packet), "line " + std::to_string(line.number) + wrong);
    }

    void send(penstock::packet packet, json::object&& fields)
    {
        packet.set_fields(std::move(fields));
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
