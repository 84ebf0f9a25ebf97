// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include <array>
#include <stdexcept>

#include <mqtt_protocol.h>

namespace mqtt_package
{
namespace
{

// What is told by other properties.
constexpr std::array<std::string_view, 4> elsewhere{"mimetype", "charset", "message_id",
                                                    "content-type"};

constexpr std::size_t longest_text = 65'535; // a length of two bytes

void free_properties(mosquitto_property* all)
{
    mosquitto_property_free_all(&all);
}

} // namespace

message::message(std::size_t place, const penstock::packet& from, const message_form& form,
                 std::string topic)
    : place_(place),
      topic_(std::move(topic)),
      body_(from, form.what),
      properties_(nullptr, free_properties)
{
    if (topic_.empty() || topic_.find('\0') != std::string::npos || topic_.size() > longest_text ||
        mosquitto_pub_topic_check(topic_.c_str()) != MOSQ_ERR_SUCCESS ||
        mosquitto_validate_utf8(topic_.data(), static_cast<int>(topic_.size())) != MOSQ_ERR_SUCCESS)
        throw std::invalid_argument(
            "topic: is no name of a topic; one without + and #, and not empty, was expected");
    if (!form.is_version_5)
        return;
    mosquitto_property* all = nullptr;
    const bool has_room = body_.type().size() <= longest_text;
    mosquitto_property_add_string(&all, MQTT_PROP_CONTENT_TYPE,
                                  has_room ? body_.type().c_str() : brokers::unknown_type);
    properties_.reset(all);
    if (from.id() != penstock::packet_id{})
        add("message_id", from.id().text());
    for (const auto& [name, value] : brokers::headers_of(from.meta(), "mqtt_", elsewhere))
        add(name, value);
}

// The library does not check values.
void message::add(const std::string& name, const std::string& value)
{
    const auto may_stand = [](const std::string& text)
    {
        return text.size() <= longest_text && text.find('\0') == std::string::npos &&
               mosquitto_validate_utf8(text.data(), static_cast<int>(text.size())) ==
                   MOSQ_ERR_SUCCESS;
    };
    if (!may_stand(name) || !may_stand(value))
        throw std::invalid_argument("meta: " + name +
                                    " is no property of a message; UTF-8 without control "
                                    "characters, of at most 65,535 bytes, was expected");
    mosquitto_property* all = properties_.release();
    mosquitto_property_add_string_pair(&all, MQTT_PROP_USER_PROPERTY, name.c_str(), value.c_str());
    properties_.reset(all);
}

} // namespace mqtt_package
