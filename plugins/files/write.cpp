// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "appender.hpp"
#include "components.hpp"

#include "../packets/data_alone.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace files_package
{
namespace
{

using namespace std::chrono_literals;

class file_writer final : public penstock::publisher
{
public:
    // Each write is a trip to another thread: in a millisecond as many lines come as pay for it.
    file_writer() : publisher({.count = 1024, .wait = 1ms}) {}

private:
    penstock::parameter<std::string> path{*this, "path", penstock::no_default,
                                          "The file to append to; it is made if it is missing."};
    penstock::parameter<std::string> format{
        *this, "format", "ndjson",
        "How a packet is written. ndjson: its fields as JSON "
        "on one line; one without fields writes nothing, "
        "and fails if it has data, as what failed in a reader "
        "has: fields/map makes fields of that. data: its data "
        "as they are, as csv/write and xml/write make them, and "
        "the end of a line behind what has none; one without "
        "data writes nothing, and fails if it has fields.",
        penstock::choices{"ndjson", "data"}};
    penstock::parameter<bool> sync{
        *this, "sync", false,
        "Wait until the disk has what was written before a packet counts as delivered."};

    void check(penstock::problems& found) const override
    {
        if (path->empty())
            found.add(path, "is empty; the name of a file was expected");
    }

    void start() override
    {
        file_name_ = appender::common_name(*path);
        refuse_files_of_host();
        penstock::exclusive("file:" + file_name_);
        file_ = penstock::shared<appender>(file_name_,
                                           [&] { return std::make_unique<appender>(file_name_); });
    }

    // What is appended to a journal or to a list of tokens, or stands there before it is made, is
    // read by the host.
    void refuse_files_of_host() const
    {
        std::string folder;
        try
        {
            folder = penstock::data_directory();
        }
        catch (const std::runtime_error&) // a test run without one
        {
            return;
        }
        if (appender::is_the_hosts(file_name_, folder))
            throw std::invalid_argument(*path + ": is in the data directory of the host; a file "
                                                "elsewhere was expected");
    }

    // All packets of a batch in one write. When the disk is full, those that did fit are delivered.
    void write(penstock::batch& items) override
    {
        make_lines(items);
        const appender::outcome outcome =
            penstock::blocking([&] { return file_->append(lines_, *sync); });
        if (!outcome.error)
            return;
        for (std::size_t i = 0; i < items.size() && ends_[i] <= outcome.kept; ++i)
            if (!failed_[i])
                deliver(i);
        throw penstock::unavailable(std::system_error(outcome.error, *path).what());
    }

    void make_lines(const penstock::batch& items)
    {
        lines_.clear();
        ends_.clear();
        failed_.assign(items.size(), false);
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (*format == "data")
                take_data(items[i], i);
            else if (packets::is_data_alone(items[i]))
                refuse(i, packets::needs_fields);
            else if (items[i].field_count() != 0)
                make_line(items[i], i);
            ends_.push_back(lines_.size());
        }
    }

    void take_data(const penstock::packet& packet, std::size_t place)
    {
        const penstock::bytes data = packet.data();
        lines_ += data.view();
        if (data.empty() && packet.field_count() != 0)
            refuse(place, "has fields and no data; data, as csv/write or xml/write make them of "
                          "fields, were expected");
        else if (!data.empty() && !data.view().ends_with('\n'))
            lines_ += '\n';
    }

    void make_line(const penstock::packet& packet, std::size_t place)
    {
        const std::size_t begin = lines_.size();
        try
        {
            packet.write_fields(lines_);
            lines_ += '\n';
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            lines_.resize(begin);
            refuse(place, error.what());
        }
    }

    void refuse(std::size_t place, const std::string& why)
    {
        failed_[place] = true;
        fail(place, why);
    }

    std::string file_name_;
    std::shared_ptr<appender> file_;
    std::string lines_;
    std::vector<std::size_t> ends_; // where the line of each packet of the batch ends
    std::vector<bool> failed_;      // those that have no line
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<file_writer>(
    "write", penstock::category::publisher, "Appends packets to a file, one line each.");

} // namespace files_package
