// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message_body.hpp"

#include "../reading/content_type.hpp"

#include <algorithm>
#include <stdexcept>

namespace brokers
{
namespace
{

std::string type_of_data(const penstock::packet& from)
{
    std::string type(from.meta_text("mimetype").value_or(unknown_type));
    if (const auto charset = from.meta_text("charset"))
        type.append("; charset=").append(*charset);
    const bool is_printable =
        std::ranges::all_of(type, [](char c) { return c >= ' ' && c <= '~'; });
    return is_printable ? type : unknown_type;
}

} // namespace

content content_of(std::string_view format)
{
    return format == "data" ? content::data : content::fields;
}

message_body::message_body(const penstock::packet& from, content what)
{
    if (what == content::fields && from.field_count() != 0)
    {
        from.write_fields(text_);
        type_ = "application/json";
        return;
    }
    if (from.data().empty())
        throw std::invalid_argument("has no data; some was expected");
    data_ = from.data().view();
    type_ = type_of_data(from);
}

void set_type(penstock::packet& of, std::string_view told)
{
    const ::reading::content_type type(told);
    of.set_meta("mimetype", type.media.empty() ? unknown_type : type.media);
    if (!type.charset.empty())
        of.set_meta("charset", type.charset);
}

} // namespace brokers
