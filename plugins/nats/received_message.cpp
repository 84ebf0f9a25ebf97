// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "received_message.hpp"

#include "connection.hpp"

#include "../brokers/message_body.hpp"

#include <penstock/detail/utf8.hpp>

#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace nats_package
{
namespace
{

namespace json = penstock::json;

using texts = std::unique_ptr<const char*, void (*)(const char**)>;

void free_texts(const char** list)
{
    std::free(list);
}

json::value text_value(std::string_view text)
{
    return penstock::detail::is_utf8(text) ? json::value(json::string(text)) : json::value();
}

json::value values_of(natsMsg& from, const char* name)
{
    const char** list = nullptr;
    int count = 0;
    require(natsMsgHeader_Values(&from, name, &list, &count));
    const texts end(list, free_texts);
    const std::span all(list, static_cast<std::size_t>(count));
    if (all.size() == 1)
        return text_value(all[0]);
    json::array made;
    for (const char* each : all)
        made.push_back(text_value(each));
    return made;
}

void read_headers(natsMsg& from, received_message& into)
{
    const char** names = nullptr;
    int count = 0;
    const natsStatus status = natsMsgHeader_Keys(&from, &names, &count);
    if (status == NATS_NOT_FOUND)
        return;
    require(status);
    const texts end(names, free_texts);
    for (const char* each : std::span(names, static_cast<std::size_t>(count)))
    {
        const std::string_view name = each;
        if (!penstock::detail::is_utf8(name))
            continue;
        json::value value = values_of(from, each);
        const bool is_text = value.is_string();
        if (name == "Content-Type" && is_text)
            into.type = value.get_string();
        else if (name == "Nats-Msg-Id" && is_text)
            into.id = value.get_string();
        else if (!name.starts_with("Nats-"))
            into.headers[name] = std::move(value);
    }
}

} // namespace

received_message received(natsMsg& from)
{
    jsMsgMetaData* about = nullptr;
    require(natsMsg_GetMetaData(&about, &from));
    const std::unique_ptr<jsMsgMetaData, void (*)(jsMsgMetaData*)> end(about,
                                                                       jsMsgMetaData_Destroy);
    received_message made;
    made.number = about->Sequence.Stream;
    made.deliveries = about->NumDelivered;
    made.handle = natsMsg_GetReply(&from);
    made.subject = penstock::detail::repaired_utf8(natsMsg_GetSubject(&from));
    made.body.assign(natsMsg_GetData(&from),
                     static_cast<std::size_t>(natsMsg_GetDataLength(&from)));
    read_headers(from, made);
    return made;
}

penstock::packet packet_of(received_message&& from, const std::string& stream)
{
    penstock::packet made;
    for (auto& [name, value] : from.headers)
        made.set_meta(name, std::move(value));
    brokers::set_type(made, from.type);
    if (!from.id.empty())
        made.set_meta("message_id", from.id);
    made.set_meta("nats_stream", stream);
    made.set_meta("nats_subject", from.subject);
    made.set_meta("nats_sequence", from.number);
    if (from.deliveries > 1)
        made.set_meta("redelivered", true);
    if (!from.body.empty())
        made.set_data(penstock::bytes(std::move(from.body)));
    return made;
}

} // namespace nats_package
