// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "topic_name.hpp"

#include "../brokers/headers.hpp"

#include <array>
#include <stdexcept>

namespace kafka_package
{
namespace
{

// What is told by other headers.
constexpr std::array<std::string_view, 4> elsewhere{"mimetype", "charset", "message_id",
                                                    "content-type"};

} // namespace

message::message(std::size_t place, const penstock::packet& from, brokers::content what,
                 destination to)
    : place_(place), to_(std::move(to)), body_(from, what)
{
    if (to_.topic.empty())
        throw std::invalid_argument("topic: is empty; a name was expected");
    if (!is_topic_name(to_.topic))
        throw std::invalid_argument("topic: is no name of a topic; at most 249 letters, digits, "
                                    "dots, underscores and dashes were expected");
    headers_.emplace_back("content-type", body_.type());
    if (from.id() != penstock::packet_id{})
        headers_.emplace_back("message_id", from.id().text());
    for (auto& each : brokers::headers_of(from.meta(), "kafka_", elsewhere))
        headers_.push_back(std::move(each));
}

} // namespace kafka_package
