// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "received_message.hpp"

#include "../brokers/message_body.hpp"

#include <penstock/detail/utf8.hpp>

#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include <mqtt_protocol.h>

namespace mqtt_package
{
namespace
{

namespace json = penstock::json;

// The library gives copies.
std::string taken(char* text)
{
    const std::unique_ptr<char, void (*)(void*)> end(text, std::free);
    return text == nullptr ? std::string() : penstock::detail::repaired_utf8(text);
}

std::string text_in(const mosquitto_property* all, int which)
{
    char* text = nullptr;
    mosquitto_property_read_string(all, which, &text, false);
    return taken(text);
}

void add(json::object& to, const std::string& name, std::string value)
{
    const auto [place, is_new] = to.emplace(name, value);
    if (is_new)
        return;
    if (!place->value().is_array())
        place->value() = json::array{std::move(place->value())};
    place->value().get_array().emplace_back(value);
}

void read_user_properties(const mosquitto_property* all, received_message& into)
{
    char* name = nullptr;
    char* value = nullptr;
    for (const mosquitto_property* each = mosquitto_property_read_string_pair(
             all, MQTT_PROP_USER_PROPERTY, &name, &value, false);
         each != nullptr; each = mosquitto_property_read_string_pair(each, MQTT_PROP_USER_PROPERTY,
                                                                     &name, &value, true))
    {
        const std::string key = taken(std::exchange(name, nullptr));
        std::string text = taken(std::exchange(value, nullptr));
        if (key == "message_id")
            into.id = std::move(text);
        else
            add(into.further, key, std::move(text));
    }
}

} // namespace

received_message received(const mosquitto_message& from, const mosquitto_property* properties)
{
    received_message made;
    made.topic = penstock::detail::repaired_utf8(from.topic);
    made.identifier = from.qos == 0 ? 0 : from.mid;
    made.is_retained = from.retain;
    if (from.payloadlen > 0)
        made.body.assign(static_cast<const char*>(from.payload),
                         static_cast<std::size_t>(from.payloadlen));
    read_user_properties(properties, made);
    made.type = text_in(properties, MQTT_PROP_CONTENT_TYPE);
    if (std::string to = text_in(properties, MQTT_PROP_RESPONSE_TOPIC); !to.empty())
        made.further["mqtt_response_topic"] = to;
    return made;
}

penstock::packet packet_of(received_message&& from)
{
    penstock::packet made;
    for (auto& [name, value] : from.further)
        made.set_meta(name, std::move(value));
    brokers::set_type(made, from.type);
    if (!from.id.empty())
        made.set_meta("message_id", from.id);
    made.set_meta("mqtt_topic", from.topic);
    if (from.is_retained)
        made.set_meta("mqtt_retained", true);
    if (!from.body.empty())
        made.set_data(penstock::bytes(std::move(from.body)));
    return made;
}

} // namespace mqtt_package
