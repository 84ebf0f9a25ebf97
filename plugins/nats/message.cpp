// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "../packets/fnv1a.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace nats_package
{
namespace
{

// What is told by other headers.
constexpr std::array<std::string_view, 4> elsewhere{"mimetype", "charset", "message_id",
                                                    "Content-Type"};

bool is_subject(std::string_view text)
{
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos &&
           std::ranges::all_of(text, [](unsigned char c)
                               { return c > ' ' && c != '*' && c != '>' && c != 0x7f; });
}

// As HTTP/1.1 has headers.
bool is_header(const std::string& name, const std::string& value)
{
    const auto may_stand = [](unsigned char c) { return c > ' ' && c < 0x7f && c != ':'; };
    return std::ranges::all_of(name, may_stand) &&
           value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

// A stream stores one message of each id: copies of a packet that go to several of its subjects, or
// there by several nodes, are several messages.
std::string id_of(const penstock::packet& from, const std::string& subject, std::uint64_t node)
{
    return from.id().text() + '-' + std::to_string(packets::fnv1a(subject, node));
}

} // namespace

message::message(std::size_t place, const penstock::packet& from, brokers::content what,
                 std::string subject, std::uint64_t node)
    : place_(place), subject_(std::move(subject)), body_(from, what)
{
    if (!is_subject(subject_))
        throw std::invalid_argument("subject: is no name of a subject; words with dots between, "
                                    "without white space, * and >, were expected");
    headers_.emplace_back("Content-Type", body_.type());
    if (from.id() != penstock::packet_id{})
        headers_.emplace_back("Nats-Msg-Id", id_of(from, subject_, node));
    for (auto& each : brokers::headers_of(from.meta(), "nats_", elsewhere))
    {
        if (!is_header(each.first, each.second))
            throw std::invalid_argument("meta: " + each.first +
                                        " is no header; a name of printable ASCII without colon "
                                        "and a value of one line were expected");
        const bool is_of_server = each.first.starts_with("Nats-");
        if (!is_of_server)
            headers_.push_back(std::move(each));
    }
}

message_handle message::made(const std::string& answer) const
{
    natsMsg* fresh = nullptr;
    require(natsMsg_Create(&fresh, subject_.c_str(), answer.c_str(), body_.bytes().data(),
                           static_cast<int>(body_.bytes().size())));
    message_handle made(fresh, natsMsg_Destroy);
    for (const auto& [name, value] : headers_)
        require(natsMsgHeader_Set(fresh, name.c_str(), value.c_str()));
    return made;
}

} // namespace nats_package
