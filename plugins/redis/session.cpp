// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "session.hpp"

#include "../packets/one_line.hpp"

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>

namespace redis_package
{
namespace
{

using clock = std::chrono::steady_clock;

reply no_reply()
{
    return {nullptr, [](redisReply* each) { freeReplyObject(each); }};
}

int milliseconds_until(clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

std::string_view trimmed(std::string_view text)
{
    return text.empty() ? "connection lost" : text;
}

} // namespace

std::string_view text_of(const redisReply* part) noexcept
{
    return part == nullptr || part->str == nullptr ? std::string_view()
                                                   : std::string_view(part->str, part->len);
}

session::session(const session_settings& with)
    : name_(with.to.text()),
      connect_time_(with.connect_time),
      context_(redisConnectNonBlock(with.to.host.c_str(), with.to.port), redisFree)
{
    if (context_ == nullptr)
        throw std::bad_alloc();
    require(context_->err == 0 ? REDIS_OK : REDIS_ERR);
    await_connection();
    redisEnableKeepAlive(context_.get());
    if (!with.password.empty() && with.user.empty())
        (void)ask({"AUTH", with.password});
    else if (!with.password.empty())
        (void)ask({"AUTH", with.user, with.password});
    (void)ask({"SELECT", with.to.path.empty() ? std::string_view("0") : with.to.path});
}

void session::await_connection()
{
    pollfd waiting{context_->fd, POLLOUT, 0};
    if (::poll(&waiting, 1, static_cast<int>(connect_time_.count())) == 0)
        throw redis_error("no connection within " + std::to_string(connect_time_.count()) + " ms");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(context_->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error != 0)
        throw redis_error(std::generic_category().message(error));
}

void session::append(const command& what)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string_view each : what)
    {
        texts.push_back(each.data());
        sizes.push_back(each.size());
    }
    if (redisAppendCommandArgv(context_.get(), static_cast<int>(what.size()), texts.data(),
                               sizes.data()) != REDIS_OK)
        throw std::bad_alloc();
}

reply session::advance(std::chrono::milliseconds time)
{
    const clock::time_point end = clock::now() + time;
    for (bool is_sent = false;;)
    {
        void* found = nullptr;
        require(redisGetReplyFromReader(context_.get(), &found));
        if (found != nullptr)
        {
            reply made = no_reply();
            made.reset(static_cast<redisReply*>(found));
            return made;
        }
        if (!is_sent)
        {
            int done = 0;
            require(redisBufferWrite(context_.get(), &done));
            is_sent = done != 0;
        }
        pollfd waiting{context_->fd, static_cast<short>(is_sent ? POLLIN : POLLIN | POLLOUT), 0};
        const int ready = ::poll(&waiting, 1, milliseconds_until(end));
        if (ready == 0)
            return no_reply();
        if (ready > 0 && (waiting.revents & ~POLLOUT) != 0)
            require(redisBufferRead(context_.get()));
    }
}

reply session::ask(const command& what, std::chrono::milliseconds time)
{
    append(what);
    reply found = advance(time);
    if (found == nullptr)
        throw redis_error("no answer within " + std::to_string(time.count()) + " ms");
    if (found->type == REDIS_REPLY_ERROR)
        throw redis_error(packets::one_line(std::string(text_of(found.get()))));
    return found;
}

bool session::is_lost()
{
    pollfd waiting{context_->fd, POLLIN, 0};
    return ::poll(&waiting, 1, 0) != 0;
}

void session::require(int status) const
{
    if (status != REDIS_OK)
        throw redis_error(packets::one_line(std::string(trimmed(context_->errstr))));
}

} // namespace redis_package
