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

namespace debug_package
{
namespace
{

using namespace std::chrono_literals;

void write_out(const std::string& lines)
{
    // One call, so that the lines of several lanes do not mix.
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) == lines.size() &&
        std::fflush(stdout) == 0)
        return;
    const int error = errno;
    std::clearerr(stdout);
    throw penstock::unavailable(
        std::system_error(error, std::generic_category(), "standard output").what());
}

class print final : public penstock::publisher
{
public:
    print() : publisher({.count = 256, .wait = 0ms}) {}

private:
    void write(penstock::batch& packets) override
    {
        std::string lines;
        for (std::size_t i = 0; i < packets.size(); ++i)
            make_line(packets[i], i, lines);
        penstock::blocking([&] { write_out(lines); }); // a pipe may be full
    }

    // A packet that cannot be printed fails alone, not with its neighbours of the batch.
    void make_line(const penstock::packet& packet, std::size_t place, std::string& lines)
    {
        const std::size_t begin = lines.size();
        try
        {
            penstock::write_json(penstock::to_json(packet), lines);
            lines += '\n';
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            lines.resize(begin);
            fail(place, error.what());
        }
    }
};

} // namespace

extern constinit const penstock::component_entry print_entry =
    penstock::component_of<print>("print", penstock::category::publisher,
                                  "Prints packets to the standard output, one line of JSON each.");

} // namespace debug_package
