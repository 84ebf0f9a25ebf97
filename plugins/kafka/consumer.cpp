// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "commit_error.hpp"
#include "group_calls.hpp"
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
using message_handle = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;

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
          this),
      messages_(how_.most_messages, how_.most_bytes),
      pauses_(client_.raw())
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
    client_.check_topics(how_.topics, time);
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
    return is_assigned_ && partitions_.have_begun();
}

std::vector<received_message> consumer::take(std::size_t most, std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, time, [this] { return !messages_.empty() || !trouble_.empty(); });
    if (is_over_) // all that was not committed comes by the next one
        throw kafka_error(trouble_);
    std::vector<received_message> taken = messages_.take(most);
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
            partitions_.want(each);
    }
    send_commits();
}

bool consumer::await_committed(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    return news_.wait_for(lock, time, [this] { return !partitions_.is_dirty(); });
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

consumer::counts consumer::counted() const
{
    const std::lock_guard lock(mutex_);
    return counted_;
}

bool consumer::is_over() const
{
    const std::lock_guard lock(mutex_);
    return is_over_;
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
    if (!client_.is_away())
        leave_group(client_.raw(), 500ms);
}

// What the library has read ahead of a partition that is paused is thrown away: so it is done only
// where nobody takes anything for a while.
void consumer::pace()
{
    constexpr auto patience = 500ms; // so long the group waits for an answer
    std::unique_lock lock(mutex_);
    if (pauses_.stands())
    {
        const bool has_room = messages_.is_half_empty();
        lock.unlock();
        if (has_room)
            pauses_.go_on();
        return;
    }
    if (room_.wait_for(lock, patience, [this] { return ends_ || !messages_.is_full(); }))
        return;
    lock.unlock();
    pauses_.stand();
    lock.lock();
    ++counted_.pauses;
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
    const std::optional<std::uint64_t> assignment = partitions_.assignment_of(made.from);
    if (!assignment) // it was taken away
        return;
    pauses_.note_message(made.from);
    partitions_.note_begun(made.from);
    made.assignment = *assignment;
    messages_.push(std::move(made));
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
        partitions_.note_begun({rd_kafka_topic_name(what.rkt), what.partition});
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
    {
        self.pauses_.forget_all();
        rd_kafka_assign(from, nullptr);
    }
    const std::lock_guard lock(self.mutex_);
    ++self.counted_.rebalances;
    self.news_.notify_all();
}

// The library's own way to begin at the end would do so also where what was committed is gone, and
// leave out what is there still. The end is committed, so that it is the same after a restart.
void consumer::give(rd_kafka_topic_partition_list_t& partitions)
{
    const bool knows_begin =
        !how_.begins_at_end || begin_where_committed(client_.raw(), partitions);
    if (!knows_begin)
        for (rd_kafka_topic_partition_t& each : items_of(partitions))
            each.offset = RD_KAFKA_OFFSET_END; // nothing is read by this consumer
    {
        const std::lock_guard lock(mutex_);
        partitions_.give(partitions);
        is_assigned_ = true;
        is_over_ = is_over_ || !knows_begin;
        if (!knows_begin)
            trouble_ = "the group does not say what it has committed";
    }
    assign(client_.raw(), partitions);
}

void consumer::take_away(rd_kafka_topic_partition_list_t& partitions)
{
    if (rd_kafka_assignment_lost(client_.raw()) == 0 && !client_.is_away())
        commit_last(partitions);
    {
        const std::lock_guard lock(mutex_);
        for (const rd_kafka_topic_partition_t& each : items_of(partitions))
        {
            partitions_.take_away(name_of(each));
            messages_.forget(name_of(each));
            pauses_.forget(name_of(each));
        }
    }
    unassign(client_.raw(), partitions);
}

// Before others begin where it was committed.
void consumer::commit_last(const rd_kafka_topic_partition_list_t& of)
{
    std::unique_lock lock(mutex_);
    const partition_list last = partitions_.to_commit(of);
    lock.unlock();
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
    const rd_kafka_resp_err_t wrong = error_of_commit(error, offsets);
    {
        const std::lock_guard lock(self.mutex_);
        self.is_committing_ = false;
        if (self.partitions_.is_dirty())
            self.next_commit_ = clock::now() + (wrong == RD_KAFKA_RESP_ERR_NO_ERROR ? 1ms : 200ms);
        if (wrong != RD_KAFKA_RESP_ERR_NO_ERROR && !passes_by_itself(wrong) && !self.is_over_)
            self.trouble_ = rd_kafka_err2str(wrong);
        self.news_.notify_all();
    }
    self.send_commits();
}

void consumer::note_committed(rd_kafka_resp_err_t error,
                              const rd_kafka_topic_partition_list_t* offsets)
{
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR || offsets == nullptr)
        return;
    const std::lock_guard lock(mutex_);
    partitions_.note_committed(*offsets);
    news_.notify_all();
}

// One request at a time: what ends meanwhile goes with the next one.
void consumer::send_commits()
{
    std::unique_lock lock(mutex_);
    if (is_committing_ || !partitions_.is_dirty() || clock::now() < next_commit_)
        return;
    const partition_list wanted = partitions_.to_commit();
    is_committing_ = true;
    lock.unlock();
    if (rd_kafka_commit(client_.raw(), wanted.get(), 1) == RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    lock.lock();
    is_committing_ = false;
    next_commit_ = clock::now() + 200ms;
}

} // namespace kafka_package
