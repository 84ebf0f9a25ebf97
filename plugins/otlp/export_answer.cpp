// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "export_answer.hpp"

#include "json_form.hpp"
#include "protobuf_reader.hpp"
#include "protobuf_writer.hpp"

#include <exception>

namespace otlp_package
{
namespace
{

json::object read_message(const message& what, encoding as, std::string_view body)
{
    if (as == encoding::protobuf)
        return read_protobuf(what, body);
    try
    {
        return read_json(what, penstock::parse_json(body));
    }
    catch (const penstock::json_error& error)
    {
        throw std::invalid_argument(error.what());
    }
}

std::string text_in(const json::object& from, std::string_view name)
{
    const json::value* text = from.if_contains(name);
    return text != nullptr && text->is_string() ? std::string(text->get_string()) : std::string();
}

} // namespace

std::string_view media_type_of(encoding of)
{
    return of == encoding::json ? "application/json" : "application/x-protobuf";
}

export_answer read_answer(signal of, encoding as, std::string_view body)
{
    if (body.empty())
        return {};
    const json::object told = read_message(response_message(of), as, body);
    const json::value* part = told.if_contains("partial_success");
    if (part == nullptr || !part->is_object())
        return {};
    export_answer made;
    made.message = text_in(part->get_object(), "message");
    if (const json::value* rejected = part->get_object().if_contains("rejected"))
        made.rejected = rejected->to_number<std::int64_t>();
    return made;
}

std::string write_answer(encoding as)
{
    return as == encoding::json ? "{}" : "";
}

std::string write_refusal(encoding as, std::string_view why)
{
    const json::object status{{"message", why}};
    return as == encoding::json
               ? penstock::write_json(json::value(write_json_form(status_message(), status)))
               : write_protobuf(status_message(), status);
}

std::string read_refusal(encoding as, std::string_view body)
{
    try
    {
        return text_in(read_message(status_message(), as, body), "message");
    }
    catch (const std::exception&) // whoever answers so, it is no server of OTLP
    {
        return {};
    }
}

} // namespace otlp_package
