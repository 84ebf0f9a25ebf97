// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "redis_server.hpp"

#include <memory>
#include <stdexcept>

#include <hiredis/hiredis.h>
#include <unistd.h>

namespace
{

using redis_connection = std::unique_ptr<redisContext, void (*)(redisContext*)>;
using redis_answer = std::unique_ptr<redisReply, void (*)(redisReply*)>;

redis_connection redis_connected(std::uint16_t port)
{
    redis_connection made(redisConnectWithTimeout("127.0.0.1", port, {10, 0}), redisFree);
    if (made == nullptr || made->err != 0)
        throw std::runtime_error("redis: cannot be connected with");
    redisSetTimeout(made.get(), {10, 0});
    return made;
}

redis_answer redis_held(void* found)
{
    return {static_cast<redisReply*>(found), [](redisReply* each) { freeReplyObject(each); }};
}

void append_command(redisContext& to, const std::vector<std::string>& command)
{
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& each : command)
    {
        texts.push_back(each.data());
        sizes.push_back(each.size());
    }
    redisAppendCommandArgv(&to, static_cast<int>(command.size()), texts.data(), sizes.data());
}

redis_answer next_redis_answer(redisContext& from)
{
    void* found = nullptr;
    if (redisGetReply(&from, &found) != REDIS_OK)
        throw std::runtime_error(std::string("redis: ") + from.errstr);
    redis_answer made = redis_held(found);
    if (made->type == REDIS_REPLY_ERROR)
        throw std::runtime_error(std::string("redis: ") + made->str);
    return made;
}

void flatten_answer(const redisReply& from, std::vector<std::string>& into)
{
    if (from.type == REDIS_REPLY_ARRAY)
        for (std::size_t i = 0; i < from.elements; ++i)
            flatten_answer(*from.element[i], into);
    else if (from.type == REDIS_REPLY_INTEGER)
        into.push_back(std::to_string(from.integer));
    else if (from.type != REDIS_REPLY_NIL)
        into.emplace_back(from.str, from.len);
}

} // namespace

void redis_server::start()
{
    std::vector<std::string> arguments{"/usr/bin/redis-server",
                                       "--port",
                                       std::to_string(port()),
                                       "--bind",
                                       "127.0.0.1",
                                       "--dir",
                                       server_.path(""),
                                       "--appendonly",
                                       "yes",
                                       "--save",
                                       "",
                                       "--enable-debug-command",
                                       "local"};
    arguments.insert(arguments.end(), more_.begin(), more_.end());
    server_.start(arguments,
                  [this]
                  {
                      try
                      {
                          return ask({"PING"}).front() == "PONG";
                      }
                      catch (const std::runtime_error& error)
                      {
                          return std::string(error.what()).find("NOAUTH") != std::string::npos;
                      }
                  });
}

std::string redis_server::url() const
{
    return "redis://127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> redis_server::ask(const std::vector<std::string>& command) const
{
    const redis_connection with = redis_connected(port());
    append_command(*with, command);
    std::vector<std::string> texts;
    flatten_answer(*next_redis_answer(*with), texts);
    return texts;
}

void redis_server::put(const std::string& stream, const std::string& field,
                       const std::string& value) const
{
    (void)ask({"XADD", stream, "*", field, value});
}

void redis_server::put_numbers(const std::string& stream, int begin, int end) const
{
    const redis_connection with = redis_connected(port());
    for (int n = begin; n < end; ++n)
        append_command(*with, {"XADD", stream, "*", "data", "{\"n\":" + std::to_string(n) + "}",
                               "mimetype", "application/json"});
    for (int n = begin; n < end; ++n)
        (void)next_redis_answer(*with);
}

std::vector<std::map<std::string, std::string>>
redis_server::entries(const std::string& stream) const
{
    const redis_connection with = redis_connected(port());
    append_command(*with, {"XRANGE", stream, "-", "+"});
    const redis_answer found = next_redis_answer(*with);
    std::vector<std::map<std::string, std::string>> made;
    for (std::size_t i = 0; i < found->elements; ++i)
    {
        const redisReply& fields = *found->element[i]->element[1];
        auto& entry = made.emplace_back();
        for (std::size_t f = 0; f + 1 < fields.elements; f += 2)
            entry[std::string(fields.element[f]->str, fields.element[f]->len)] =
                std::string(fields.element[f + 1]->str, fields.element[f + 1]->len);
    }
    return made;
}

std::size_t redis_server::pending(const std::string& stream, const std::string& group) const
{
    return std::stoul(ask({"XPENDING", stream, group}).front());
}

redis_server& shared_redis_to_start()
{
    static redis_server one;
    return one;
}

redis_server& shared_redis()
{
    shared_redis_to_start().start();
    return shared_redis_to_start();
}

std::string fresh_stream()
{
    static int last = 0;
    return "stream-" + std::to_string(::getpid()) + '-' + std::to_string(++last);
}
