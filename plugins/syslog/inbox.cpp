// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "inbox.hpp"

#include <penstock/component.hpp>

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace syslog_package
{

inbox::inbox(receiver_settings with, std::filesystem::path folder)
    : folder_(std::move(folder)), receiver_(std::move(with))
{
}

inbox::~inbox()
{
    if (begun_ == 0)
        return;
    try
    {
        keep(receiver_.finish());
        save();
    }
    catch (const std::exception& error)
    {
        penstock::log(penstock::severity::error, std::string("syslog: ") + error.what() + "; " +
                                                     std::to_string(messages_.all().size()) +
                                                     " messages that were not processed are lost");
    }
}

void inbox::open()
{
    if (begun_ == 0)
        load();
    receiver_.open();
    messages_.give_again();
}

std::vector<const kept_message*> inbox::take(std::size_t most, std::chrono::milliseconds time)
{
    std::vector<const kept_message*> found;
    const auto add_next = [&]
    {
        const kept_message* const next = messages_.next();
        if (next != nullptr)
            found.push_back(next);
        return next != nullptr;
    };
    while (found.size() < most && add_next())
        continue;
    if (!found.empty())
        return found;
    keep(receiver_.take(most, time));
    while (add_next())
        continue;
    return found;
}

void inbox::keep(std::vector<received_message>&& what)
{
    for (received_message& each : what)
        messages_.add({{begun_, count_++}, std::move(each)});
}

// The files stay until all that was in them is acknowledged: so it is not lost if the host is killed
// meanwhile.
void inbox::acknowledged(message_position last)
{
    messages_.acknowledged(last);
    const auto& left = messages_.all();
    if (has_files_ && (left.empty() || left.front().position.begun == begun_))
        remove_files();
}

void inbox::load()
{
    std::vector<kept_message> found;
    const std::vector<listen_address>& addresses = receiver_.settings().addresses;
    for (std::size_t i = 0; i < addresses.size() && !folder_.empty(); ++i)
        for (kept_message& each : read_messages(file_of(addresses[i])))
        {
            each.content.listener = i;
            found.push_back(std::move(each));
        }
    std::ranges::sort(found, {}, &kept_message::position);
    begun_ = std::chrono::duration_cast<std::chrono::nanoseconds>(
                 std::chrono::system_clock::now().time_since_epoch())
                 .count();
    has_files_ = !found.empty();
    if (has_files_) // also if the clock was set back
        begun_ = std::max(begun_, found.back().position.begun + 1);
    for (kept_message& each : found)
        messages_.add(std::move(each));
}

void inbox::save() const
{
    if (folder_.empty())
        return;
    std::filesystem::create_directories(folder_);
    const std::vector<listen_address>& addresses = receiver_.settings().addresses;
    for (std::size_t i = 0; i < addresses.size(); ++i)
    {
        std::vector<const kept_message*> of_address;
        for (const kept_message& each : messages_.all())
            if (each.content.listener == i)
                of_address.push_back(&each);
        const std::filesystem::path file = file_of(addresses[i]);
        if (!of_address.empty())
            write_messages(file, of_address);
        else
            std::filesystem::remove(file);
    }
}

void inbox::remove_files()
{
    std::error_code ignored; // what stays comes again, with the same positions
    for (const listen_address& each : receiver_.settings().addresses)
        std::filesystem::remove(file_of(each), ignored);
    has_files_ = false;
}

// Addresses have no slash but those behind their kind.
std::filesystem::path inbox::file_of(const listen_address& at) const
{
    std::string name = at.text;
    std::ranges::replace(name, '/', '_');
    return folder_ / (name + ".kept");
}

} // namespace syslog_package
