// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "quota.hpp"
#include "archive_error.hpp"

namespace archive_package
{

namespace
{

[[noreturn]] void refuse(const std::string& of, const std::string& what, const char* parameter)
{
    throw archive_limit(of + ": " + what + "; a smaller archive, or a higher " + parameter +
                        ", was expected");
}

} // namespace

void quota::count_member()
{
    if (++members_ > limits_.members)
        refuse("members", "are more than " + std::to_string(limits_.members), "members");
}

void quota::count_file(const std::string& path, std::size_t before, std::size_t more)
{
    count(path, more);
    if (more > limits_.member || before + more > limits_.member)
        refuse(path,
               "the file has more than " + std::to_string(limits_.member) + " bytes, unpacked",
               "member_bytes");
}

void quota::count_rest(std::size_t more)
{
    count("behind the last file", more);
}

void quota::count(const std::string& of, std::size_t more)
{
    bytes_ += more;
    if (bytes_ > limits_.bytes)
        refuse(of, "all that is unpacked has more than " + std::to_string(limits_.bytes) + " bytes",
               "bytes");
    if (bytes_ > always_allowed && bytes_ / limits_.ratio > archive_bytes_)
        refuse(of,
               "all that is unpacked is more than " + std::to_string(limits_.ratio) +
                   " times as large as the archive",
               "ratio");
}

} // namespace archive_package
