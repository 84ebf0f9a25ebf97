// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "partition_list.hpp"

#include "../packets/one_line.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kafka_package
{
namespace
{

using namespace std::chrono_literals;

using queue_handle = std::unique_ptr<rd_kafka_queue_t, void (*)(rd_kafka_queue_t*)>;
using error_handle = std::unique_ptr<rd_kafka_error_t, void (*)(rd_kafka_error_t*)>;
using message_handle = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;

bool is_cooperative(rd_kafka_t* of)
{
    const char* const protocol = rd_kafka_rebalance_protocol(of);
    return protocol != nullptr && std::string_view(protocol) == "COOPERATIVE";
}

// Serves what comes for a queue until something is so, for a time at most.
template <class Condition>
void serve(rd_kafka_queue_t& queue, std::chrono::milliseconds time, Condition&& is_so)
{
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (!is_so() && std::chrono::steady_clock::now() < deadline)
    {
        constexpr int slice = 20; // ms
        const message_handle other(rd_kafka_consume_queue(&queue, slice), rd_kafka_message_destroy);
    }
}

} // namespace

consumer::consumer(const client_settings& with, consumer_settings how)
    : how_(std::move(how)),
      client_(
          RD_KAFKA_CONSUMER, with,
          [](rd_kafka_conf_t& settings)
          {
              rd_kafka_conf_set_rebalance_cb(&settings, on_rebalance);
              rd_kafka_conf_set_offset_commit_cb(&settings, on_commit);
          },
          this)
{
    rd_kafka_poll_set_consumer(client_.raw());
    const partition_list wanted = make_partition_list();
    for (const std::string& each : how_.topics)
        add(wanted, {each, RD_KAFKA_PARTITION_UA}, RD_KAFKA_OFFSET_INVALID);
    const rd_kafka_resp_err_t code = rd_kafka_subscribe(client_.raw(), wanted.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        throw std::invalid_argument(std::string("topics: ") + rd_kafka_err2str(code));
    thread_ = std::thread([this] { work(); });
}

consumer::~consumer()
{
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    room_.notify_all();
    thread_.join();
}

void consumer::check(std::chrono::milliseconds time)
{
    for (const std::string& each : how_.topics)
        client_.check_topic(each, time);
    client_.clear_trouble();
    const std::lock_guard lock(mutex_);
    trouble_.clear();
}

bool consumer::await_begin(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    return news_.wait_for(lock, time, [this] { return has_begun() || !trouble_now().empty(); });
}

bool consumer::has_begun() const
{
    return is_assigned_ &&
           std::ranges::all_of(partitions_, [](const auto& each) { return each.second.has_begun; });
}

std::vector<received_message> consumer::take(std::size_t most, std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, time, [this] { return !messages_.empty() || !trouble_.empty(); });
    if (is_over_) // all that was not committed comes by the next one
        throw kafka_error(trouble_);
    std::vector<received_message> taken;
    for (; !messages_.empty() && taken.size() < most; messages_.pop_front())
    {
        bytes_ -= messages_.front().bytes();
        taken.push_back(std::move(messages_.front()));
    }
    if (!taken.empty())
        room_.notify_all();
    else if (const std::string trouble = trouble_now(); !trouble.empty())
        throw kafka_error(trouble);
    return taken;
}

void consumer::commit(const std::vector<low_water>& ended)
{
    {
        const std::lock_guard lock(mutex_);
        for (const low_water& each : ended)
            if (const auto found = partitions_.find(each.of);
                found != partitions_.end() && found->second.assignment == each.assignment)
                found->second.wanted = std::max(found->second.wanted, each.next);
    }
    send_commits();
}

bool consumer::await_committed(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    return news_.wait_for(lock, time, [this] { return !is_dirty(); });
}

std::string consumer::trouble() const
{
    const std::lock_guard lock(mutex_);
    return trouble_now();
}

std::string consumer::trouble_now() const
{
    return trouble_.empty() && client_.is_away() ? client_.trouble() : trouble_;
}

std::uint64_t consumer::rebalances() const
{
    const std::lock_guard lock(mutex_);
    return rebalances_;
}

bool consumer::is_over() const
{
    const std::lock_guard lock(mutex_);
    return is_over_;
}

bool consumer::is_full() const
{
    return messages_.size() >= how_.most_messages || bytes_ >= how_.most_bytes;
}

bool consumer::is_dirty() const
{
    return std::ranges::any_of(partitions_, [](const auto& each)
                               { return each.second.wanted > each.second.committed; });
}

void consumer::work()
{
    for (;;)
    {
        pace();
        {
            const std::lock_guard lock(mutex_);
            if (ends_)
                break;
        }
        receive();
        send_commits();
    }
    leave();
}

// What the library has read ahead of a partition that is paused is thrown away: so it is done only
// where nobody takes anything for a while.
void consumer::pace()
{
    constexpr auto patience = 500ms; // so long the group waits for an answer
    std::unique_lock lock(mutex_);
    if (stands_)
    {
        const bool has_room =
            messages_.size() <= how_.most_messages / 2 && bytes_ <= how_.most_bytes / 2;
        lock.unlock();
        if (has_room)
            pause(false);
        return;
    }
    const bool goes_on = room_.wait_for(lock, patience, [this] { return ends_ || !is_full(); });
    lock.unlock();
    if (!goes_on)
        pause(true);
}

void consumer::pause(bool is_to_stand)
{
    rd_kafka_topic_partition_list_t* found = nullptr;
    if (rd_kafka_assignment(client_.raw(), &found) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    const partition_list all(found, rd_kafka_topic_partition_list_destroy);
    if (is_to_stand)
        rd_kafka_pause_partitions(client_.raw(), all.get());
    else
        rd_kafka_resume_partitions(client_.raw(), all.get());
    stands_ = is_to_stand;
}

void consumer::receive()
{
    constexpr int slice = 100; // ms
    const message_handle found(rd_kafka_consumer_poll(client_.raw(), slice),
                               rd_kafka_message_destroy);
    if (found == nullptr)
        return;
    if (found->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return note_error(*found);
    received_message made = received(*found);
    client_.clear_trouble();
    const std::lock_guard lock(mutex_);
    const auto of = partitions_.find(made.from);
    if (of == partitions_.end()) // it was taken away
        return;
    of->second.has_begun = true;
    made.assignment = of->second.assignment;
    bytes_ += made.bytes();
    messages_.push_back(std::move(made));
    news_.notify_all();
}

// What concerns connections alone is seen by the client, which goes on. A message that cannot be
// read may not be left out: reading begins again where it was committed.
void consumer::note_error(const rd_kafka_message_t& what)
{
    const std::string why = packets::one_line(rd_kafka_message_errstr(&what));
    const std::lock_guard lock(mutex_);
    switch (what.err)
    {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED: return; // then it joins again
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        if (const auto of = partitions_.find({rd_kafka_topic_name(what.rkt), what.partition});
            of != partitions_.end())
            of->second.has_begun = true;
        news_.notify_all();
        return;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR: break;
    default: is_over_ = true;
    }
    trouble_ = why;
    news_.notify_all();
}

void consumer::on_rebalance(rd_kafka_t* from, rd_kafka_resp_err_t what,
                            rd_kafka_topic_partition_list_t* partitions, void* opaque)
{
    auto& self = *static_cast<consumer*>(client::owner_of(opaque));
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        self.give(*partitions);
    else if (what == RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS)
        self.take_away(*partitions);
    else
        rd_kafka_assign(from, nullptr);
    const std::lock_guard lock(self.mutex_);
    ++self.rebalances_;
    self.news_.notify_all();
}

void consumer::give(rd_kafka_topic_partition_list_t& partitions)
{
    const bool knows_begin = !how_.begins_at_end || begin_where_committed(partitions);
    {
        const std::lock_guard lock(mutex_);
        for (const rd_kafka_topic_partition_t& each : items_of(partitions))
            partitions_[name_of(each)] = {.assignment = ++assignments_,
                                          .wanted = knows_begin ? each.offset : -1};
        is_assigned_ = true;
        is_over_ = is_over_ || !knows_begin;
        if (!knows_begin)
            trouble_ = "the group does not say what it has committed";
    }
    if (!knows_begin)
        for (rd_kafka_topic_partition_t& each : items_of(partitions))
            each.offset = RD_KAFKA_OFFSET_END; // nothing is read by this consumer
    if (is_cooperative(client_.raw()))
        error_handle(rd_kafka_incremental_assign(client_.raw(), &partitions),
                     rd_kafka_error_destroy);
    else
        rd_kafka_assign(client_.raw(), &partitions);
    if (stands_)
        rd_kafka_pause_partitions(client_.raw(), &partitions);
}

void consumer::take_away(rd_kafka_topic_partition_list_t& partitions)
{
    if (rd_kafka_assignment_lost(client_.raw()) == 0 && !client_.is_away())
        commit_last(partitions);
    {
        const std::lock_guard lock(mutex_);
        for (const rd_kafka_topic_partition_t& each : items_of(partitions))
        {
            const partition_name name = name_of(each);
            partitions_.erase(name);
            std::erase_if(messages_,
                          [&](const received_message& message)
                          {
                              const bool is_of_it = message.from == name;
                              bytes_ -= is_of_it ? message.bytes() : 0;
                              return is_of_it;
                          });
        }
    }
    if (is_cooperative(client_.raw()))
        error_handle(rd_kafka_incremental_unassign(client_.raw(), &partitions),
                     rd_kafka_error_destroy);
    else
        rd_kafka_assign(client_.raw(), nullptr);
}

// The library's own way would begin at the end also where what was committed is gone, and leave
// out what is there still. The end is committed, so that it is the same after a restart.
bool consumer::begin_where_committed(rd_kafka_topic_partition_list_t& partitions)
{
    constexpr int patience = 2000; // ms
    if (rd_kafka_committed(client_.raw(), &partitions, patience) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    for (rd_kafka_topic_partition_t& each : items_of(partitions))
    {
        if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
        std::int64_t first = 0;
        if (each.offset < 0 &&
            rd_kafka_query_watermark_offsets(client_.raw(), each.topic, each.partition, &first,
                                             &each.offset, patience) != RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
    }
    return true;
}

// Before others begin where it was committed.
void consumer::commit_last(const rd_kafka_topic_partition_list_t& of)
{
    const partition_list last = make_partition_list();
    {
        const std::lock_guard lock(mutex_);
        for (const rd_kafka_topic_partition_t& each : items_of(of))
            if (const auto found = partitions_.find(name_of(each));
                found != partitions_.end() && found->second.wanted > found->second.committed)
                add(last, found->first, found->second.wanted);
    }
    if (last->cnt == 0)
        return;
    const queue_handle queue(rd_kafka_queue_new(client_.raw()), rd_kafka_queue_destroy);
    if (rd_kafka_commit_queue(client_.raw(), last.get(), queue.get(), on_last_commit, this) ==
        RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_queue_poll_callback(queue.get(), 1000);
}

void consumer::on_last_commit(rd_kafka_t*, rd_kafka_resp_err_t error,
                              rd_kafka_topic_partition_list_t* offsets, void* opaque)
{
    static_cast<consumer*>(opaque)->note_committed(error, offsets);
}

void consumer::on_commit(rd_kafka_t*, rd_kafka_resp_err_t error,
                         rd_kafka_topic_partition_list_t* offsets, void* opaque)
{
    auto& self = *static_cast<consumer*>(client::owner_of(opaque));
    self.note_committed(error, offsets);
    {
        const std::lock_guard lock(self.mutex_);
        self.is_committing_ = false;
        if (self.is_dirty())
            self.next_commit_ = clock::now() + (error == RD_KAFKA_RESP_ERR_NO_ERROR ? 1ms : 200ms);
        if (error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
            self.trouble_ = rd_kafka_err2str(error);
    }
    self.send_commits();
}

void consumer::note_committed(rd_kafka_resp_err_t error,
                              const rd_kafka_topic_partition_list_t* offsets)
{
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR || offsets == nullptr)
        return;
    const std::lock_guard lock(mutex_);
    for (const rd_kafka_topic_partition_t& each : items_of(*offsets))
        if (const auto found = partitions_.find(name_of(each));
            found != partitions_.end() && each.err == RD_KAFKA_RESP_ERR_NO_ERROR)
            found->second.committed = std::max(found->second.committed, each.offset);
    news_.notify_all();
}

// One request at a time: what ends meanwhile goes with the next one.
void consumer::send_commits()
{
    std::unique_lock lock(mutex_);
    if (is_committing_ || !is_dirty() || clock::now() < next_commit_)
        return;
    const partition_list wanted = make_partition_list();
    for (const auto& [name, each] : partitions_)
        if (each.wanted > each.committed)
            add(wanted, name, each.wanted);
    is_committing_ = true;
    lock.unlock();
    if (rd_kafka_commit(client_.raw(), wanted.get(), 1) == RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    lock.lock();
    is_committing_ = false;
    next_commit_ = clock::now() + 200ms;
}

void consumer::leave()
{
    if (client_.is_away())
        return;
    const queue_handle queue(rd_kafka_queue_new(client_.raw()), rd_kafka_queue_destroy);
    const error_handle wrong(rd_kafka_consumer_close_queue(client_.raw(), queue.get()),
                             rd_kafka_error_destroy);
    if (wrong == nullptr)
        serve(*queue, 500ms, [this] { return rd_kafka_consumer_closed(client_.raw()) != 0; });
}

} // namespace kafka_package
