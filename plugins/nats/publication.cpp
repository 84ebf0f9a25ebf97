// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "publication.hpp"

#include "../packets/one_line.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace nats_package
{
namespace
{

namespace json = penstock::json;

// So long a thread is lent; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

// The server may drop what it cannot store at once.
constexpr std::size_t most_under_way = 1000;

// `{"stream":"S","seq":7}`, with "duplicate" or, instead, with "error".
publication::fate fate_in(std::string_view answer)
{
    publication::fate made{.is_open = false};
    try
    {
        const json::value said = penstock::parse_json(answer);
        const json::object& parts = said.as_object();
        if (const json::value* again = parts.if_contains("duplicate"))
            made.is_duplicate = again->as_bool();
        if (const json::value* error = parts.if_contains("error"))
        {
            made.code = error->at("err_code").to_number<int>();
            made.why = packets::one_line(std::string(error->at("description").as_string()));
        }
        else
            (void)parts.at("seq");
    }
    catch (const std::exception& error)
    {
        throw nats_error(std::string("the answer of JetStream cannot be read: ") + error.what());
    }
    return made;
}

} // namespace

publication::publication(const connection& to, std::span<const message* const> messages)
    : to_(to),
      messages_(messages),
      fates_(messages.size()),
      inbox_(fresh_inbox()),
      answers_(nullptr, natsSubscription_Destroy)
{
    natsSubscription* made = nullptr;
    require(natsConnection_SubscribeSync(&made, to_.raw(), (inbox_ + '*').c_str()));
    answers_.reset(made);
    require(natsSubscription_SetPendingLimits(made, -1, -1));
}

// An answer that comes while its subscription ends would have the library use it when it is freed.
publication::~publication()
{
    if (settled_ != messages_.size())
        natsConnection_Close(to_.raw());
}

bool publication::advance()
{
    const clock::time_point pause = clock::now() + slice;
    for (;;)
    {
        while (sent_ < messages_.size() && sent_ - settled_ - unheard_ < most_under_way)
            send();
        if (settled_ + unheard_ == messages_.size())
            note_unheard();
        if (settled_ == messages_.size())
            return true;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(pause - clock::now());
        if (left.count() <= 0)
            return false;
        natsMsg* found = nullptr;
        const natsStatus status = natsSubscription_NextMsg(&found, answers_.get(), left.count());
        if (status == NATS_TIMEOUT)
            return false;
        if (status == NATS_NO_RESPONDERS)
        {
            ++unheard_;
            last_progress_ = clock::now();
            continue;
        }
        require(status);
        const message_handle answer(found, natsMsg_Destroy);
        read(*answer);
    }
}

// What the library refuses for a message is its fate.
void publication::send()
{
    const std::size_t index = sent_++;
    const message_handle next = messages_[index]->made(inbox_ + std::to_string(index));
    const natsStatus status = natsConnection_PublishMsg(to_.raw(), next.get());
    if (status == NATS_MAX_PAYLOAD)
        return settle(index, {.is_open = false, .code = -1, .why = natsStatus_GetText(status)});
    require(status);
    last_progress_ = clock::now();
}

void publication::read(natsMsg& answer)
{
    const std::string_view subject = natsMsg_GetSubject(&answer);
    const std::string_view number = subject.substr(std::min(inbox_.size(), subject.size()));
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
    if (error != std::errc() || index >= fates_.size() || !fates_[index].is_open)
        return;
    settle(index, fate_in({natsMsg_GetData(&answer),
                           static_cast<std::size_t>(natsMsg_GetDataLength(&answer))}));
}

// The library does not tell which messages have no stream: those that have no other answer when all
// have one.
void publication::note_unheard()
{
    for (std::size_t i = 0; i < fates_.size(); ++i)
        if (fates_[i].is_open)
            settle(i, {.is_open = false, .is_unheard = true});
    unheard_ = 0;
}

void publication::settle(std::size_t index, fate how)
{
    fates_[index] = std::move(how);
    ++settled_;
    last_progress_ = clock::now();
}

} // namespace nats_package
