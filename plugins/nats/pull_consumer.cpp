// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "pull_consumer.hpp"

#include <cstdint>
#include <span>
#include <utility>

namespace nats_package
{

pull_consumer::pull_consumer(std::unique_ptr<connection> with, consumer_settings how)
    : connection_(std::move(with)),
      how_(std::move(how)),
      jetstream_(connection_->jetstream()),
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
    return true;
}

// How often a message is given out is counted here: the server would leave it out without a word.
void pull_consumer::make()
{
    jsConsumerConfig config;
    require(jsConsumerConfig_Init(&config));
    config.Durable = how_.name.c_str();
    config.DeliverPolicy = how_.begins_at_end ? js_DeliverNew : js_DeliverAll;
    config.AckPolicy = js_AckExplicit;
    config.AckWait = std::chrono::nanoseconds(how_.ack_wait).count();
    config.MaxDeliver = -1;
    config.MaxAckPending = how_.most_open;
    if (!how_.subject.empty())
        config.FilterSubject = how_.subject.c_str();
    jsErrCode code{};
    const natsStatus status =
        js_AddConsumer(nullptr, jetstream_.get(), how_.stream.c_str(), &config, nullptr, &code);
    require(status, code);
}

void pull_consumer::subscribe()
{
    jsSubOptions options;
    require(jsSubOptions_Init(&options));
    options.Stream = how_.stream.c_str();
    options.Consumer = how_.name.c_str();
    jsErrCode code{};
    natsSubscription* made = nullptr;
    const natsStatus status = js_PullSubscribe(
        &made, jetstream_.get(), how_.subject.empty() ? nullptr : how_.subject.c_str(),
        how_.name.c_str(), nullptr, &options, &code);
    require(status, code);
    subscription_.reset(made);
}

std::vector<received_message> pull_consumer::take(std::size_t most, std::chrono::milliseconds time)
{
    natsMsgList list{};
    jsErrCode code{};
    const natsStatus status = natsSubscription_Fetch(&list, subscription_.get(),
                                                     static_cast<int>(most), time.count(), &code);
    if (status == NATS_TIMEOUT)
    {
        if (const std::string why = connection_->why_lost(); !why.empty())
            throw nats_error(why);
        return {};
    }
    require(status, code);
    const std::unique_ptr<natsMsgList, void (*)(natsMsgList*)> end(&list, natsMsgList_Destroy);
    std::vector<received_message> made;
    for (natsMsg* each : std::span(list.Msgs, static_cast<std::size_t>(list.Count)))
        made.push_back(received(*each));
    return made;
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
