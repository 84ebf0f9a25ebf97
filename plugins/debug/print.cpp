// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string>
#include <system_error>

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
            for (const penstock::packet& packet : packets)
            {
                penstock::write_json(penstock::to_json(packet), lines);
                lines += '\n';
            }
            penstock::blocking([&] { write_out(lines); }); // a pipe may be full
        }
    }
};

} // namespace

extern constinit const penstock::component_entry print_entry =
    penstock::component_of<print>("print", penstock::category::publisher,
                                  "Prints packets to the standard output, one line of JSON each.");

} // namespace debug_package
