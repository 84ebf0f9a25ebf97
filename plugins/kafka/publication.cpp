// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "publication.hpp"

#include "../packets/one_line.hpp"

#include <memory>
#include <string_view>

namespace kafka_package
{
namespace
{

// So long a thread is lent; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

rd_kafka_vu_t value_of(rd_kafka_vtype_t type)
{
    rd_kafka_vu_t made{};
    made.vtype = type;
    return made;
}

rd_kafka_vu_t value_of(rd_kafka_vtype_t type, std::string_view bytes)
{
    rd_kafka_vu_t made = value_of(type);
    made.u.mem.ptr = const_cast<char*>(bytes.data());
    made.u.mem.size = bytes.size();
    return made;
}

std::vector<rd_kafka_vu_t> values_of(const message& what, void* opaque)
{
    std::vector<rd_kafka_vu_t> made{
        value_of(RD_KAFKA_VTYPE_TOPIC), value_of(RD_KAFKA_VTYPE_MSGFLAGS),
        value_of(RD_KAFKA_VTYPE_OPAQUE), value_of(RD_KAFKA_VTYPE_VALUE, what.body())};
    made[0].u.cstr = what.topic().c_str();
    made[1].u.i = RD_KAFKA_MSG_F_COPY;
    made[2].u.ptr = opaque;
    if (!what.key().empty())
        made.push_back(value_of(RD_KAFKA_VTYPE_KEY, what.key()));
    for (const auto& [name, value] : what.headers())
    {
        made.push_back(value_of(RD_KAFKA_VTYPE_HEADER));
        made.back().u.header.name = name.c_str();
        made.back().u.header.val = value.data();
        made.back().u.header.size = static_cast<ssize_t>(value.size());
    }
    return made;
}

} // namespace

publication::publication(client& to, std::span<const message* const> messages)
    : client_(to), messages_(messages), entries_(messages.size(), entry{this, {}})
{
}

void publication::prepare(rd_kafka_conf_t& settings)
{
    rd_kafka_conf_set_dr_msg_cb(&settings, on_report);
}

bool publication::advance()
{
    const clock::time_point pause = clock::now() + slice;
    for (;;)
    {
        while (sent_ < messages_.size() && send(entries_[sent_], *messages_[sent_]))
            ++sent_;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(pause - clock::now());
        if (settled_ == messages_.size())
            return true;
        if (left.count() <= 0)
            return false;
        rd_kafka_poll(client_.raw(), static_cast<int>(left.count()));
    }
}

// Whether the library took it, or has refused it; false: it is full.
bool publication::send(entry& of, const message& what)
{
    const std::vector<rd_kafka_vu_t> values = values_of(what, &of);
    const std::unique_ptr<rd_kafka_error_t, void (*)(rd_kafka_error_t*)> wrong(
        rd_kafka_produceva(client_.raw(), values.data(), values.size()), rd_kafka_error_destroy);
    const rd_kafka_resp_err_t code = rd_kafka_error_code(wrong.get());
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        return false;
    if (code == RD_KAFKA_RESP_ERR__FATAL || rd_kafka_error_is_fatal(wrong.get()) != 0)
        throw kafka_error(packets::one_line(rd_kafka_error_string(wrong.get())));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        settle(of, code);
    return true;
}

void publication::on_report(rd_kafka_t*, const rd_kafka_message_t* message, void*)
{
    auto& of = *static_cast<entry*>(message->_private);
    of.owner->settle(of, message->err);
}

void publication::settle(entry& of, rd_kafka_resp_err_t error)
{
    of.said = {false, error};
    ++settled_;
    last_progress_ = clock::now();
}

} // namespace kafka_package
