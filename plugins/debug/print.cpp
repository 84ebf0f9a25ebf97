// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace debug_package
{
namespace
{

void write_out(const std::string& lines)
{
    // One call, so that the lines of several lanes do not mix.
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) != lines.size() ||
        std::fflush(stdout) != 0)
        throw std::system_error(errno, std::generic_category(), "standard output");
}

class print final : public penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packets = in.receive_some(256, std::chrono::milliseconds(0)))
        {
            std::string lines;
            std::erase_if(packets,
                          [&](penstock::packet& packet) { return !make_line(packet, lines); });
            penstock::blocking([&] { write_out(lines); }); // a pipe may be full
            for (penstock::packet& packet : packets)
                deliver(std::move(packet));
        }
    }

    // A packet that cannot be printed fails alone, not with its neighbours of the batch; tells whether
    // it can.
    bool make_line(penstock::packet& packet, std::string& lines)
    {
        const std::size_t begin = lines.size();
        std::string wrong;
        try
        {
            penstock::write_json(penstock::to_json(packet), lines);
            lines += '\n';
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            lines.resize(begin);
            wrong = error.what();
        }
        if (wrong.empty())
            return true;
        fail(std::move(packet), std::move(wrong));
        return false;
    }
};

} // namespace

extern constinit const penstock::component_entry print_entry =
    penstock::component_of<print>("print", penstock::category::publisher,
                                  "Prints packets to the standard output, one line of JSON each.");

} // namespace debug_package
