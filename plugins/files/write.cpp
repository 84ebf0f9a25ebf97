// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "appender.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace files_package
{
namespace
{

using namespace std::chrono_literals;

class write final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "What to write."};
    penstock::parameter<std::string> path{*this, "path", penstock::no_default,
                                          "The file to append to; it is made if it is missing."};
    penstock::parameter<std::string> format{
        *this, "format", "ndjson", "How a packet is written: its fields as JSON on one line.",
        penstock::choices{{"ndjson"}}};
    penstock::parameter<bool> sync{
        *this, "sync", false,
        "Wait until the disk has what was written before a packet counts as delivered."};

    void start() override
    {
        if (path->empty())
            throw std::invalid_argument("path: is empty; the name of a file was expected");
        file_name_ = appender::common_name(*path);
        penstock::exclusive("file:" + file_name_);
        file_ = penstock::shared<appender>(file_name_,
                                           [&] { return std::make_unique<appender>(file_name_); });
    }

    void run() override
    {
        // Each write is a trip to another thread: in a millisecond as many lines come as pay for it.
        while (penstock::batch batch = in.receive_some(1024, 1ms))
            write_lines(batch);
    }

    // All packets of a batch in one write, and delivered only afterwards. When the disk is full, those
    // that did fit are done, the others come again.
    void write_lines(penstock::batch& batch)
    {
        make_lines(batch);
        const appender::outcome outcome =
            penstock::blocking([&] { return file_->append(lines_, *sync); });
        for (std::size_t i = 0; i < batch.size() && ends_[i] <= outcome.kept; ++i)
            deliver(std::move(batch[i]));
        if (outcome.error)
            throw std::system_error(outcome.error, *path);
    }

    void make_lines(penstock::batch& batch)
    {
        lines_.clear();
        ends_.clear();
        std::erase_if(batch,
                      [this](penstock::packet& packet)
                      {
                          if (!packet.fields().empty() && !make_line(packet))
                              return true;
                          ends_.push_back(lines_.size());
                          return false;
                      });
    }

    // Tells whether the packet has a line; otherwise it has failed.
    bool make_line(penstock::packet& packet)
    {
        const std::size_t begin = lines_.size();
        std::string wrong;
        try
        {
            penstock::write_json(packet.fields(), lines_);
            lines_ += '\n';
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            lines_.resize(begin);
            wrong = error.what();
        }
        if (wrong.empty())
            return true;
        fail(std::move(packet), std::move(wrong));
        return false;
    }

    std::string file_name_;
    std::shared_ptr<appender> file_;
    std::string lines_;
    std::vector<std::size_t> ends_; // where the line of each packet of the batch ends
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<write>(
    "write", penstock::category::publisher, "Appends packets to a file, one line each.");

} // namespace files_package
