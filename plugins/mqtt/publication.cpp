// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "publication.hpp"

namespace mqtt_package
{
namespace
{

// So long a thread is lent; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

// The library copies what it is given.
constexpr std::size_t most_under_way = 1000;

} // namespace

void publication::note(int identifier, int reason)
{
    const auto found = under_way_.find(identifier);
    if (found == under_way_.end())
        return;
    settle(found->second, reason, false);
    under_way_.erase(found);
}

bool publication::advance(session& by)
{
    const clock::time_point pause = clock::now() + slice;
    for (;;)
    {
        while (sent_ < messages_.size() && under_way_.size() < most_under_way)
            send(by);
        if (settled_ == messages_.size())
            return true;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(pause - clock::now());
        if (left.count() <= 0)
            return false;
        by.advance(left, true);
    }
}

// What the library refuses for a message is its fate.
void publication::send(session& by)
{
    const message& next = *messages_[sent_];
    int identifier = 0;
    const int code = mosquitto_publish_v5(by.raw(), &identifier, next.topic().c_str(),
                                          static_cast<int>(next.body().size()), next.body().data(),
                                          1, is_retained_, next.properties());
    const bool is_about_message = code == MOSQ_ERR_OVERSIZE_PACKET || code == MOSQ_ERR_INVAL ||
                                  code == MOSQ_ERR_PAYLOAD_SIZE || code == MOSQ_ERR_MALFORMED_UTF8;
    if (is_about_message)
        settle(sent_, code, true);
    else
    {
        if (code != MOSQ_ERR_NO_CONN) // it is known with the next advance
            by.require(code);
        under_way_[identifier] = sent_;
    }
    ++sent_;
}

void publication::settle(std::size_t index, int reason, bool is_library)
{
    fates_[index] = {false, reason, is_library};
    ++settled_;
    last_progress_ = clock::now();
}

} // namespace mqtt_package
