// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "pull_consumer.hpp"

#include "../packets/one_line.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace nats_package
{
namespace
{

namespace json = penstock::json;
using clock = std::chrono::steady_clock;

std::string_view header_of(natsMsg& from, const char* name)
{
    const char* found = nullptr;
    return natsMsgHeader_Get(&from, name, &found) == NATS_OK && found != nullptr
               ? found
               : std::string_view();
}

// What the server says of a request is not to be answered.
bool is_status(natsMsg& what)
{
    const char* const reply = natsMsg_GetReply(&what);
    return reply == nullptr || *reply == '\0';
}

} // namespace

pull_consumer::pull_consumer(std::unique_ptr<connection> with, consumer_settings how)
    : connection_(std::move(with)),
      how_(std::move(how)),
      jetstream_(connection_->jetstream()),
      inbox_(fresh_inbox()),
      subscription_(nullptr, natsSubscription_Destroy)
{
    if (!look())
    {
        make();
        if (!look())
            throw nats_error(how_.name + ": the consumer is not there");
    }
    subscribe();
}

// A message that comes while its subscription ends would have the library use it when it is freed.
pull_consumer::~pull_consumer()
{
    natsConnection_Close(connection_->raw());
}

// Whether the consumer is there.
bool pull_consumer::look()
{
    jsErrCode code{};
    jsConsumerInfo* found = nullptr;
    const natsStatus status = js_GetConsumerInfo(&found, jetstream_.get(), how_.stream.c_str(),
                                                 how_.name.c_str(), nullptr, &code);
    if (code == JSConsumerNotFoundErr)
        return false;
    require(status, code);
    const std::unique_ptr<jsConsumerInfo, void (*)(jsConsumerInfo*)> end(found,
                                                                         jsConsumerInfo_Destroy);
    ack_wait_ = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::nanoseconds(found->Config->AckWait));
    if (found->Config->AckPolicy != js_AckExplicit || found->Config->DeliverSubject != nullptr)
        throw nats_error(how_.name + ": is no consumer that is asked for messages and told of each "
                                     "that has ended");
    if (found->Config->MaxDeliver > 0)
        throw nats_error(how_.name + ": has max_deliver, after which messages are lost without a "
                                     "word; a consumer without it was expected");
    return true;
}

// How often a message is given out is counted here: the server would leave it out without a word.
// How many are open is bounded by each who reads: a bound of the consumer would be used up by one
// whose sink is away.
void pull_consumer::make()
{
    jsConsumerConfig config;
    require(jsConsumerConfig_Init(&config));
    config.Durable = how_.name.c_str();
    config.DeliverPolicy = how_.begins_at_end ? js_DeliverNew : js_DeliverAll;
    config.AckPolicy = js_AckExplicit;
    config.AckWait = std::chrono::nanoseconds(how_.ack_wait).count();
    config.MaxDeliver = -1;
    config.MaxAckPending = 1'000'000'000; // the library leaves -1 out, and the server takes 1000
    if (!how_.subject.empty())
        config.FilterSubject = how_.subject.c_str();
    jsErrCode code{};
    const natsStatus status =
        js_AddConsumer(nullptr, jetstream_.get(), how_.stream.c_str(), &config, nullptr, &code);
    require(status, code);
}

void pull_consumer::subscribe()
{
    natsSubscription* made = nullptr;
    require(natsConnection_SubscribeSync(&made, connection_->raw(), (inbox_ + '*').c_str()));
    subscription_.reset(made);
    require(natsSubscription_SetPendingLimits(made, -1, -1));
}

// natsSubscription_Fetch of libnats 3.4 writes behind the end of its list when messages of an
// earlier request are still to be read: it takes those off the number that it asks for, and compares
// the number of all with what is left. So the server is asked here.
std::vector<received_message> pull_consumer::take(std::size_t most, std::chrono::milliseconds time)
{
    std::vector<received_message> found;
    read(found, most, std::chrono::milliseconds(0)); // what came late
    for (const bool waits : {false, true})
    {
        if (!found.empty())
            break;
        ask(most, time, waits);
        read(found, most, waits ? time : how_.time);
    }
    if (const std::string why = connection_->why_lost(); found.empty() && !why.empty())
        throw nats_error(why);
    return found;
}

void pull_consumer::ask(std::size_t most, std::chrono::milliseconds time, bool waits)
{
    json::object question{{"batch", most}};
    if (waits)
        question["expires"] = std::chrono::nanoseconds(time).count();
    else
        question["no_wait"] = true;
    const std::string subject = "$JS.API.CONSUMER.MSG.NEXT." + how_.stream + '.' + how_.name;
    const std::string answer = inbox_ + std::to_string(++request_);
    require(natsConnection_PublishRequestString(connection_->raw(), subject.c_str(), answer.c_str(),
                                                penstock::write_json(question).c_str()));
}

// Reads until the request has ended, at most so many and so long.
void pull_consumer::read(std::vector<received_message>& into, std::size_t most,
                         std::chrono::milliseconds time)
{
    const clock::time_point end = clock::now() + time;
    while (into.size() < most)
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now());
        natsMsg* next = nullptr;
        const natsStatus status = natsSubscription_NextMsg(&next, subscription_.get(),
                                                           std::max<std::int64_t>(left.count(), 0));
        if (status == NATS_TIMEOUT)
            return;
        require(status);
        const message_handle found(next, natsMsg_Destroy);
        if (!is_status(*found))
        {
            into.push_back(received(*found));
            continue;
        }
        if (natsMsg_GetSubject(found.get()) != inbox_ + std::to_string(request_))
            continue;
        const std::string_view code = header_of(*found, "Status");
        if (into.empty() && code != "404" && code != "408") // no messages, and none in time
            throw nats_error(packets::one_line(std::string(header_of(*found, "Description"))));
        return;
    }
}

// The server handles them in order, and answers the last.
void pull_consumer::acknowledge(const std::vector<std::string>& handles)
{
    if (handles.empty())
        return;
    for (const std::string& each : std::span(handles).first(handles.size() - 1))
        require(natsConnection_PublishString(connection_->raw(), each.c_str(), "+ACK"));
    natsMsg* answer = nullptr;
    require(natsConnection_RequestString(&answer, connection_->raw(), handles.back().c_str(),
                                         "+ACK", how_.time.count()));
    natsMsg_Destroy(answer);
}

// Where it fails, they come again when the server has waited long enough.
void pull_consumer::give_back(const std::vector<std::string>& handles) noexcept
{
    constexpr std::int64_t patience = 500; // ms
    for (const std::string& each : handles)
        natsConnection_PublishString(connection_->raw(), each.c_str(), "-NAK");
    natsConnection_FlushTimeout(connection_->raw(), patience);
}

void pull_consumer::keep(const connection& by, const std::vector<std::string>& handles)
{
    constexpr std::int64_t patience = 5000; // ms
    for (const std::string& each : handles)
        require(natsConnection_PublishString(by.raw(), each.c_str(), "+WPI"));
    require(natsConnection_FlushTimeout(by.raw(), patience));
}

} // namespace nats_package
