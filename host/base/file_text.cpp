// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/file_text.hpp"

#include "host/base/descriptor.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

constexpr std::size_t greatest_text = std::size_t{64} << 20;

problem last_error(const std::filesystem::path& file, const char* what)
{
    return {file.string(), "", what + std::generic_category().message(errno), ""};
}

} // namespace

boost::system::result<std::string, problem> read_text(const std::filesystem::path& file)
{
    const descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open())
        return last_error(file, "cannot be read: ");
    std::string text;
    char part[16384];
    while (true)
    {
        const ssize_t count = ::read(opened.number(), part, sizeof part);
        if (count == 0)
            return text;
        if (count < 0 && errno != EINTR)
            return last_error(file, "cannot be read: ");
        if (count > 0)
            text.append(part, static_cast<std::size_t>(count));
        if (text.size() > greatest_text)
            return problem(file.string(), "", "is too long", "at most 64 MiB were expected");
    }
}

} // namespace penstock::host
