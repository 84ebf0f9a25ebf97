// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "entry.hpp"

#include <penstock/json_text.hpp>

#include <stdexcept>

namespace redis_package
{

entry::entry(std::size_t place, const penstock::packet& from, const entry_form& form,
             std::string stream)
    : place_(place), stream_(std::move(stream))
{
    if (stream_.empty())
        throw std::invalid_argument("stream: is empty; a name was expected");
    if (form.most != 0)
        most_ = std::to_string(form.most);
    if (!form.id_field.empty() && from.id() != penstock::packet_id{})
        add(form.id_field, from.id().text());
    if (form.what == brokers::content::fields && from.field_count() != 0)
    {
        for (const auto& [name, value] : from.fields())
            if (std::string_view(name) != form.id_field)
                add(name, value.is_string() ? std::string(value.get_string())
                                            : penstock::write_json(value));
        return;
    }
    const brokers::message_body body(from, brokers::content::data);
    data_field_ = form.data_field;
    data_ = body.bytes();
    add("mimetype", body.type());
}

void entry::add(std::string name, std::string value)
{
    fields_.emplace_back(std::move(name), std::move(value));
}

command entry::to_add() const
{
    command made{"XADD", stream_};
    if (!most_.empty())
        made.insert(made.end(), {"MAXLEN", "~", most_});
    made.emplace_back("*");
    for (const auto& [name, value] : fields_)
        made.insert(made.end(), {name, value});
    if (!data_field_.empty())
        made.insert(made.end(), {data_field_, data_});
    return made;
}

} // namespace redis_package
