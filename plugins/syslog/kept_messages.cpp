// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "kept_messages.hpp"

#include <penstock/json.hpp>

#include <cerrno>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace syslog_package
{
namespace
{

namespace json = penstock::json;

std::string head_of(const kept_message& of)
{
    return penstock::write_json(json::object{{"position", {of.position.begun, of.position.number}},
                                             {"received", of.content.received},
                                             {"peer", json::string(of.content.peer)},
                                             {"cut", of.content.is_cut},
                                             {"bytes", of.content.text.size()}});
}

[[noreturn]] void refuse(const std::filesystem::path& file)
{
    throw std::system_error(errno, std::generic_category(), file.string());
}

void write_all(int to, const std::string& text, const std::filesystem::path& file)
{
    for (std::size_t begin = 0; begin < text.size();)
    {
        const ssize_t count = ::write(to, text.data() + begin, text.size() - begin);
        if (count < 0 && errno != EINTR)
            refuse(file);
        begin += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
}

// Also a folder, so that the name of what is in it stays.
void synchronize(const std::filesystem::path& file)
{
    const socket_handle opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0)
        refuse(file);
}

kept_message read_one(std::istream& from, const std::string& head)
{
    const json::object told = penstock::parse_json(head).as_object();
    const json::array& position = told.at("position").as_array();
    kept_message made{{position.at(0).as_int64(), position.at(1).as_int64()}, {}};
    made.content.received = told.at("received").as_int64();
    made.content.peer = told.at("peer").as_string();
    made.content.is_cut = told.at("cut").as_bool();
    made.content.text.resize(told.at("bytes").to_number<std::uint32_t>());
    if (!from.read(made.content.text.data(),
                   static_cast<std::streamsize>(made.content.text.size())) ||
        from.get() != '\n')
        throw std::runtime_error("ends within a message");
    return made;
}

} // namespace

const kept_message* kept_messages::next()
{
    return given_ < all_.size() ? &all_[given_++] : nullptr;
}

void kept_messages::acknowledged(message_position last)
{
    while (!all_.empty() && all_.front().position <= last)
    {
        all_.pop_front();
        given_ -= given_ > 0 ? 1 : 0;
    }
}

void write_messages(const std::filesystem::path& file, const std::vector<const kept_message*>& all)
{
    const std::filesystem::path made = file.string() + ".new";
    {
        const socket_handle to(
            ::open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (to.number() < 0)
            refuse(made);
        std::string text;
        for (const kept_message* each : all)
        {
            text += head_of(*each) + '\n' + each->content.text + '\n';
            if (text.size() < std::size_t{1} << 20 && each != all.back())
                continue;
            write_all(to.number(), text, made);
            text.clear();
        }
        if (::fsync(to.number()) != 0)
            refuse(made);
    }
    std::filesystem::rename(made, file);
    synchronize(file.parent_path());
}

std::vector<kept_message> read_messages(const std::filesystem::path& file)
{
    std::vector<kept_message> found;
    if (!std::filesystem::exists(file))
        return found;
    std::ifstream from(file, std::ios::binary);
    if (!from)
        refuse(file);
    try
    {
        for (std::string head; std::getline(from, head);)
            found.push_back(read_one(from, head));
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error(file.string() + ": message " + std::to_string(found.size() + 1) +
                                 " is damaged, " + error.what() +
                                 "; messages that were kept were expected");
    }
    return found;
}

} // namespace syslog_package
